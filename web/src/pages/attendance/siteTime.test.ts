import { expect, it } from 'vitest'
import { onSiteClock } from './siteTime.ts'

it('shows any time on the site’s clock', () => {
  expect(onSiteClock('2025-12-31T17:00:00.000Z', 'Asia/Jakarta')).toBe('2026-01-01T00:00:00')
  expect(onSiteClock('2026-07-05T07:55:00+07:00', 'America/St_Johns')).toBe('2026-07-04T22:25:00')
})
