import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useNow } from '@/live/useNow.ts'
import { serverNow } from '@/live/connection.ts'
import { Card } from '@/ui/Card.tsx'
import { ErrorState, Skeleton } from '@/ui/states.tsx'
import { scheduleTexts } from './texts.ts'
import { ticking } from './uptime.ts'

/** How long hadir has been running; it ticks, and is asked for again when the connection was lost. */
export function UptimeCard() {
  const t = useTexts(scheduleTexts)
  const { dayAndTime } = useTimes()
  const now = useNow()
  const { data, error, refetch } = useQuery({
    queryKey: ['uptime'],
    queryFn: async () => ({ ...(await answerOf(api.GET('/api/system/uptime'))), at: serverNow() }),
    refetchInterval: 60_000,
  })
  const words = (seconds: number) => {
    const { days, clock } = ticking(seconds, data ? now - data.at : 0)
    return days > 0 ? `${t('uptimeDays', { count: days })} ${clock}` : clock
  }
  return (
    <Card title={t('uptime')}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <Skeleton className="h-16" />
      ) : (
        <>
          <dl className="grid grid-cols-[1fr_auto] gap-y-2">
            <dt className="text-soft">{t('uptimeRun')}</dt>
            <dd className="font-semibold">{words(data.uptime_seconds)}</dd>
            <dt className="text-soft">{t('uptimeTotal')}</dt>
            <dd className="font-semibold">{words(data.total_seconds)}</dd>
          </dl>
          <p className="mt-3 text-sm text-soft">{t('startedAt', { time: dayAndTime(data.started_at) })}</p>
        </>
      )}
    </Card>
  )
}
