import { expect, it } from 'vitest'
import { type DailyFigures, weeksOf } from './weeks.ts'

const day = (date: string, figures: Partial<DailyFigures>): DailyFigures => ({
  date,
  present: 0,
  late: 0,
  left_early: 0,
  absent: 0,
  on_leave: 0,
  holiday: 0,
  pending_review: 0,
  late_minutes: 0,
  ...figures,
})

it('puts days together to weeks from Monday to Sunday', () => {
  expect(
    weeksOf([
      day('2026-01-11', { present: 1 }),
      day('2026-01-12', { present: 5, late: 2, left_early: 1, absent: 3, late_minutes: 31 }),
      day('2026-01-18', { late: 1, late_minutes: 4 }),
    ]),
  ).toEqual([
    { monday: '2026-01-05', came: 1, late: 0, lateMinutes: 0 },
    { monday: '2026-01-12', came: 9, late: 3, lateMinutes: 35 },
  ])
  expect(weeksOf([])).toEqual([])
})
