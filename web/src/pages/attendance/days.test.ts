import { expect, it } from 'vitest'
import { addDays, isDay, quickDays } from './days.ts'

it('knows the days of a range from the site’s today', () => {
  expect(quickDays('today', '2026-03-01')).toEqual({ from: '2026-03-01', to: '2026-03-01' })
  expect(quickDays('yesterday', '2026-03-01')).toEqual({ from: '2026-02-28', to: '2026-02-28' })
  // 1 March 2026 is a Sunday, the last day of its week.
  expect(quickDays('week', '2026-03-01')).toEqual({ from: '2026-02-23', to: '2026-03-01' })
  expect(quickDays('week', '2026-03-02')).toEqual({ from: '2026-03-02', to: '2026-03-02' })
  expect(quickDays('last_month', '2026-03-31')).toEqual({ from: '2026-02-01', to: '2026-02-28' })
  expect(quickDays('last_month', '2024-03-01')).toEqual({ from: '2024-02-01', to: '2024-02-29' })
  expect(quickDays('last_month', '2026-01-15')).toEqual({ from: '2025-12-01', to: '2025-12-31' })
})

it('goes over the ends of months and years', () => {
  expect(addDays('2025-12-31', 1)).toBe('2026-01-01')
  expect(addDays('2026-03-01', -1)).toBe('2026-02-28')
})

it('tells a day from other texts', () => {
  expect(['2026-02-28', '2026-02-30', '2026-2-3', '', 'today'].map(isDay)).toEqual([true, false, false, false, false])
  expect(isDay(null)).toBe(false)
})
