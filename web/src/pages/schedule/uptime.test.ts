import { expect, it } from 'vitest'
import { ticking } from './uptime.ts'

it('ticks on from what the server said', () => {
  expect(ticking(3 * 86_400 + 4 * 3600 + 5 * 60 + 6, 0)).toEqual({ days: 3, clock: '04:05:06' })
  expect(ticking(86_399, 1_500)).toEqual({ days: 1, clock: '00:00:00' })
  expect(ticking(7, -900)).toEqual({ days: 0, clock: '00:00:07' })
})
