/** Days are texts, "2026-01-05", and always the site's. */
export interface Days {
  from: string
  to: string
}

export const quickRanges = ['today', 'yesterday', 'week', 'last_month'] as const
export type QuickRange = (typeof quickRanges)[number]

export function isDay(text: string | null): text is string {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`)
const text = (date: Date) => date.toISOString().slice(0, 10)

export function addDays(day: string, count: number): string {
  const date = noon(day)
  date.setUTCDate(date.getUTCDate() + count)
  return text(date)
}

/** 0 is Monday, as the schedule counts. */
export const weekday = (day: string): number => (noon(day).getUTCDay() + 6) % 7

export function quickDays(range: QuickRange, today: string): Days {
  if (range === 'today') return { from: today, to: today }
  if (range === 'yesterday') return { from: addDays(today, -1), to: addDays(today, -1) }
  if (range === 'week') return { from: addDays(today, -weekday(today)), to: today }
  const last = addDays(`${today.slice(0, 8)}01`, -1)
  return { from: `${last.slice(0, 8)}01`, to: last }
}

/** Which days a report is about: a quick range, or those in `days`. */
export interface Range {
  range: QuickRange | 'days'
  days: Days | null
}

export function readRange(params: URLSearchParams): Range {
  const from = params.get('from')
  const to = params.get('to')
  const first = isDay(from) ? from : isDay(to) ? to : null
  const last = isDay(to) ? to : first
  if (first && last) return { range: 'days', days: { from: first, to: last } }
  return { range: quickRanges.find((name) => name === params.get('range')) ?? 'today', days: null }
}

/** The parameters of the address; today says nothing. */
export function writeRange({ range, days }: Range): Record<string, string> {
  if (range === 'days' && days) return { from: days.from, to: days.to }
  return range === 'today' ? {} : { range }
}
