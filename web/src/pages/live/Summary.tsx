import { useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import type { ReactNode } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { serverNow, useLive, useLiveEvent } from '@/live/connection.ts'
import { presentCount } from '@/live/state.ts'
import { useCameras } from '@/live/cameras.ts'
import { useSession } from '@/shell/session.ts'
import { liveTexts } from './texts.ts'

/** Present, alerts, total, and how many cameras see. */
export function Summary() {
  const t = useTexts(liveTexts)
  const { may } = useSession()
  const { people, connection } = useLive()
  const cameras = useCameras()
  const enabled = cameras.data?.filter((camera) => camera.enabled) ?? []
  const online = enabled.filter((camera) => camera.status === 'ONLINE').length
  const isKnown = connection !== 'waiting'
  return (
    <dl className="mb-5 grid grid-cols-2 gap-3 lg:grid-cols-4">
      {may('persons:read') && (
        <Figure label={t('present')} note={isKnown ? t('ofPeople', { count: people.size }) : ''}>
          {isKnown ? presentCount(people.values()) : '–'}
        </Figure>
      )}
      {may('reports:read') && <OpenAlerts />}
      {may('persons:read') && <Figure label={t('total')}>{isKnown ? people.size : '–'}</Figure>}
      {may('cameras:read') && (
        <Figure
          label={t('camerasOnline')}
          note={cameras.data ? t('ofPeople', { count: enabled.length }) : ''}
          isWarning={online < enabled.length}
        >
          {cameras.data ? online : '–'}
        </Figure>
      )}
    </dl>
  )
}

const day = 86_400_000

function OpenAlerts() {
  const t = useTexts(liveTexts)
  const client = useQueryClient()
  const { timeZone } = useLive()
  const query = useQuery({
    queryKey: ['alerts', 'open', timeZone],
    refetchInterval: 60_000,
    queryFn: () => {
      // Days of the site: Swedish writes them as 2026-01-05.
      const dayAt = (time: number) => new Date(time).toLocaleDateString('sv-SE', { timeZone })
      const now = serverNow()
      const range = { date_from: dayAt(now - 30 * day), date_to: dayAt(now) }
      return answerOf(
        api.GET('/api/report/alerts', { params: { query: { ...range, unresolved: true, page_size: 1 } } }),
      )
    },
  })
  const askAgain = () => void client.invalidateQueries({ queryKey: ['alerts'] })
  useLiveEvent('alert_log_created', askAgain)
  useLiveEvent('alert_log_resolved', askAgain)
  const count = query.data?.total
  return (
    <Figure label={t('alerts')} isWarning={count !== undefined && count > 0}>
      {count ?? '–'}
    </Figure>
  )
}

interface FigureProps {
  label: string
  note?: string
  isWarning?: boolean
  children: ReactNode
}

function Figure({ label, note, isWarning = false, children }: FigureProps) {
  return (
    <div className="rounded-2xl border border-line bg-card px-4 py-3 shadow-card sm:px-5">
      <dt className="text-sm text-soft">{label}</dt>
      <dd className="flex items-baseline gap-1.5">
        <span className={clsx('text-2xl font-semibold tracking-tight sm:text-3xl', isWarning && 'text-warn')}>
          {children}
        </span>
        {note && <span className="text-sm text-soft">{note}</span>}
      </dd>
    </div>
  )
}
