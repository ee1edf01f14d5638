import { expect, it } from 'vitest'
import { clockTime, dayOf, makeTimes } from './times.ts'

it('shows what the site’s clock showed, whatever zone the browser is in', () => {
  const late = '2026-01-05T23:55:00.000+07:00'
  expect(clockTime(late)).toBe('23:55')
  expect(dayOf(late)).toBe('2026-01-05')
  expect(makeTimes('en-GB').day(late)).toBe('Mon, 5 Jan 2026')
  expect(makeTimes('id-ID').dayAndTime(late)).toBe('5 Jan, 23:55')
})

it('says how long ago something was', () => {
  const { ago } = makeTimes('en-GB')
  expect([4, 59, 60, 3599, 3600, 86400 * 3].map(ago)).toEqual([
    null,
    '59 seconds ago',
    '1 minute ago',
    '59 minutes ago',
    '1 hour ago',
    '3 days ago',
  ])
})

it('says how long something lasted', () => {
  expect(makeTimes('en-GB').lasting(59)).toBe('59 min')
  expect(makeTimes('en-GB').lasting(65)).toBe('1 h 05 min')
  expect(makeTimes('id-ID').lasting(120)).toBe('2 j 00 mnt')
})
