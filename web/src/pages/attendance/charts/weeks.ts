import type { paths } from '@/api/schema.d.ts'
import { addDays, weekday } from '../days.ts'

export type DailyFigures =
  paths['/api/report/daily_figures']['get']['responses']['200']['content']['application/json']['days'][number]

export interface Week {
  /** Its Monday. */
  monday: string
  came: number
  late: number
  lateMinutes: number
}

/** Days put together to weeks, oldest first. */
export function weeksOf(days: readonly DailyFigures[]): Week[] {
  const weeks = new Map<string, Week>()
  for (const day of days) {
    const monday = addDays(day.date, -weekday(day.date))
    const week = weeks.get(monday) ?? { monday, came: 0, late: 0, lateMinutes: 0 }
    week.came += day.present + day.late + day.left_early
    week.late += day.late
    week.lateMinutes += day.late_minutes
    weeks.set(monday, week)
  }
  return [...weeks.values()].sort((a, b) => a.monday.localeCompare(b.monday))
}
