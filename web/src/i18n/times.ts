import { useMemo } from 'react'
import { useLanguage } from './language.ts'

/**
 * Times come as "2026-01-05T07:55:00.000+07:00", in the site's zone. What stands there is shown, whatever zone the
 * browser is in.
 */
export const clockTime = (iso: string): string => iso.slice(11, 16)
export const clockTimeWithSeconds = (iso: string): string => iso.slice(11, 19)
/** The site's day of such a time: "2026-01-05". */
export const dayOf = (iso: string): string => iso.slice(0, 10)

const units = [
  ['day', 86400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

export interface Times {
  /** "5 minutes ago"; `null` for less than five seconds. */
  ago: (seconds: number) => string | null
  /** "Mon, 5 Jan 2026" of "2026-01-05" or of a time. */
  day: (iso: string) => string
  /** "5 Jan, 07:55". */
  dayAndTime: (iso: string) => string
  /** "1 h 05 min". */
  lasting: (minutes: number) => string
}

export function useTimes(): Times {
  const language = useLanguage()
  return useMemo(() => makeTimes(language === 'id' ? 'id-ID' : 'en-GB'), [language])
}

export function makeTimes(locale: string): Times {
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'always' })
  // Days stand for themselves: they are put together and shown in one zone, UTC.
  const dayFormat = new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const shortDay = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short' })
  const utcDay = (iso: string) => new Date(`${dayOf(iso)}T00:00:00Z`)
  const hour = locale.startsWith('id') ? 'j' : 'h'
  const minute = locale.startsWith('id') ? 'mnt' : 'min'
  return {
    ago(seconds) {
      if (seconds < 5) return null
      const [unit, size] = units.find(([, size]) => seconds >= size) ?? units[3]
      return relative.format(-Math.floor(seconds / size), unit)
    },
    day: (iso) => dayFormat.format(utcDay(iso)),
    dayAndTime: (iso) => `${shortDay.format(utcDay(iso))}, ${clockTime(iso)}`,
    lasting(minutes) {
      if (minutes < 60) return `${minutes} ${minute}`
      return `${Math.floor(minutes / 60)} ${hour} ${String(minutes % 60).padStart(2, '0')} ${minute}`
    },
  }
}
