import { useMemo } from 'react'
import { useLanguage } from '@/i18n/language.ts'
import { useLive } from '@/live/connection.ts'
import { useNow } from '@/live/useNow.ts'

/** The server's date and time in the site's zone. */
export function Clock() {
  const { connection, timeZone } = useLive()
  const now = useNow()
  const language = useLanguage()
  const formats = useMemo(() => {
    const locale = language === 'id' ? 'id-ID' : 'en-GB'
    return {
      day: new Intl.DateTimeFormat(locale, {
        timeZone,
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
      }),
      time: new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    }
  }, [timeZone, language])
  if (connection === 'waiting') return null
  return (
    <p className="leading-tight" title={timeZone}>
      <time dateTime={new Date(now).toISOString()} className="flex items-baseline gap-2">
        <span className="text-lg font-semibold">{formats.time.format(now)}</span>
        <span className="text-sm text-soft max-md:hidden">{formats.day.format(now)}</span>
      </time>
    </p>
  )
}
