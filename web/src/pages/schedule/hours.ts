/** The hours of a schedule by the wall clock, as docs/api.yaml has them: "08:00-17:00", days from 0 for Monday. */

export interface Hours {
  start: string
  end: string
}

export const dayMinutes = 1440

/** "22:00-06:00" ends on the next day; "08:00-08:00" is a whole day. */
export function hoursOf(text: string): Hours {
  const [start = '', end = ''] = text.split('-')
  return { start, end }
}

export const hoursText = ({ start, end }: Hours): string => `${start}-${end}`

export function minutesOf(time: string): number {
  const [hour = '', minute = ''] = time.split(':')
  return Number(hour) * 60 + Number(minute)
}

export const isOvernight = ({ start, end }: Hours): boolean => minutesOf(end) <= minutesOf(start)

/** A stretch of one day of the week, in minutes after its midnight. */
export interface Stretch {
  day: number
  from: number
  to: number
}

/** What the hours of the working days cover; what goes past midnight is on the next day, Sunday's on Monday. */
export function stretchesOf(hours: Hours, days: readonly number[]): Stretch[] {
  const start = minutesOf(hours.start)
  const end = minutesOf(hours.end)
  if (Number.isNaN(start) || Number.isNaN(end)) return []
  return days.flatMap((day) => {
    if (end > start) return [{ day, from: start, to: end }]
    const tonight = { day, from: start, to: dayMinutes }
    return end > 0 ? [tonight, { day: (day + 1) % 7, from: 0, to: end }] : [tonight]
  })
}

/** The lunch of a working day that lies in its hours: of a night shift 00:30 is on the next day. */
export function lunchStretches(lunch: Hours, hours: Hours, days: readonly number[]): Stretch[] {
  const isAfterMidnight = isOvernight(hours) && minutesOf(lunch.start) < minutesOf(hours.start)
  return stretchesOf(lunch, isAfterMidnight ? days.map((day) => (day + 1) % 7) : days)
}

/** 0 for the Monday of "2026-01-05T07:55". */
export function weekdayOf(wall: string): number {
  return (new Date(`${wall.slice(0, 10)}T00:00:00Z`).getUTCDay() + 6) % 7
}

interface Plan {
  work_hours: string
  lunch_break: string | null
  working_days: readonly number[]
}

/** The wall clock's next moment, after `wall`, at which work or lunch begins or ends: "2026-01-05T12:00". */
export function nextChange(plan: Plan, wall: string): string | null {
  const hours = hoursOf(plan.work_hours)
  const work = stretchesOf(hours, plan.working_days)
  const lunch = plan.lunch_break ? lunchStretches(hoursOf(plan.lunch_break), hours, plan.working_days) : []
  const week = 7 * dayMinutes
  const begins = (stretch: Stretch) => stretch.day * dayMinutes + stretch.from
  const ends = (stretch: Stretch) => (stretch.day * dayMinutes + stretch.to) % week
  // Midnight within one stretch is no change.
  const starts = new Set(work.map(begins))
  const stops = new Set(work.map(ends))
  const edges = [...starts, ...stops].filter((edge) => !(starts.has(edge) && stops.has(edge)))
  for (const stretch of lunch) edges.push(begins(stretch), ends(stretch))
  if (edges.length === 0) return null
  const now = weekdayOf(wall) * dayMinutes + minutesOf(wall.slice(11, 16))
  const ahead = Math.min(...edges.map((edge) => (edge - now + week) % week || week))
  const midnight = Date.parse(`${wall.slice(0, 10)}T00:00:00Z`)
  return new Date(midnight + (minutesOf(wall.slice(11, 16)) + ahead) * 60_000).toISOString().slice(0, 16)
}

/** When the working day that runs now, or is to come today, ends; nothing when none does within 24 hours. */
export function endOfWork(plan: Plan, wall: string): string | null {
  const hours = hoursOf(plan.work_hours)
  const now = minutesOf(wall.slice(11, 16))
  const today = weekdayOf(wall)
  const midnight = Date.parse(`${wall.slice(0, 10)}T00:00:00Z`)
  const at = (minutes: number) => new Date(midnight + minutes * 60_000).toISOString().slice(0, 16)
  const end = minutesOf(hours.end)
  const isWorking = (day: number) => plan.working_days.includes(day)
  if (!isOvernight(hours)) return isWorking(today) && now < end ? at(end) : null
  if (isWorking((today + 6) % 7) && now < end) return at(end)
  return isWorking(today) ? at(end + dayMinutes) : null
}

/** "Mon–Fri", "Mon, Wed": consecutive days are drawn together where there are three or more. */
export function daysText(days: readonly number[], names: readonly string[]): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  const runs: number[][] = []
  for (const day of sorted) {
    const last = runs.at(-1)
    if (last?.at(-1) === day - 1) last.push(day)
    else runs.push([day])
  }
  const name = (day: number | undefined) => (day === undefined ? '' : (names[day] ?? ''))
  return runs
    .map((run) => (run.length > 2 ? `${name(run[0])}–${name(run.at(-1))}` : run.map(name).join(', ')))
    .join(', ')
}
