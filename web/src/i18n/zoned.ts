/** Wall clocks of a time zone: what stands on the site's clock, whatever zone the browser is in. */

function offsetMinutes(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((each) => each.type === type)?.value)
  const wall = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  return Math.round((wall - Math.floor(at / 1000) * 1000) / 60_000)
}

const two = (value: number) => String(value).padStart(2, '0')

/** "2026-01-05T07:55" of the zone's clock at a moment, as fields of type datetime-local have it. */
export function wallClock(at: number, timeZone: string): string {
  return new Date(at + offsetMinutes(at, timeZone) * 60_000).toISOString().slice(0, 16)
}

/**
 * "2026-01-05T07:55" of the zone's clock as "2026-01-05T07:55:00+07:00". A time that a clock skips becomes the one an
 * hour later, and of one that it shows twice the first is meant.
 */
export function zonedTime(wall: string, timeZone: string): string {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(wall)) return ''
  const asUtc = Date.parse(`${wall.slice(0, 16)}:00Z`)
  const day = 86_400_000
  const before = offsetMinutes(asUtc - day, timeZone)
  const after = offsetMinutes(asUtc + day, timeZone)
  const isOffset = (offset: number) => offsetMinutes(asUtc - offset * 60_000, timeZone) === offset
  if (isOffset(before)) return written(asUtc, before)
  if (isOffset(after)) return written(asUtc, after)
  return written(asUtc + (after - before) * 60_000, after)
}

function written(wallAsUtc: number, offset: number): string {
  const size = Math.abs(offset)
  const zone = `${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
  return `${new Date(wallAsUtc).toISOString().slice(0, 16)}:00${zone}`
}
