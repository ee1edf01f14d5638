import { expect, it } from 'vitest'
import { wallClock, zonedTime } from './zoned.ts'

it('reads a zone’s clock', () => {
  expect(wallClock(Date.parse('2026-01-05T00:55:30Z'), 'Asia/Jakarta')).toBe('2026-01-05T07:55')
  expect(wallClock(Date.parse('2026-01-05T00:30:00Z'), 'America/St_Johns')).toBe('2026-01-04T21:00')
})

it('turns what stands on a zone’s clock into a moment', () => {
  expect(zonedTime('2026-01-05T07:55', 'Asia/Jakarta')).toBe('2026-01-05T07:55:00+07:00')
  expect(zonedTime('2026-07-05T07:55', 'Europe/Berlin')).toBe('2026-07-05T07:55:00+02:00')
  expect(zonedTime('2026-01-04T21:00', 'America/St_Johns')).toBe('2026-01-04T21:00:00-03:30')
  expect(zonedTime('2026-01-05T07:55', 'UTC')).toBe('2026-01-05T07:55:00+00:00')
  expect(zonedTime('', 'UTC')).toBe('')
})

it('goes over the days on which clocks change', () => {
  // The clock goes from 02:00 to 03:00 on 29 March and from 03:00 back to 02:00 on 25 October.
  expect(zonedTime('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T03:30:00+02:00')
  expect(zonedTime('2026-03-29T12:00', 'Europe/Berlin')).toBe('2026-03-29T12:00:00+02:00')
  expect(zonedTime('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T02:30:00+02:00')
  expect(zonedTime('2026-10-25T01:00', 'Europe/Berlin')).toBe('2026-10-25T01:00:00+02:00')
})
