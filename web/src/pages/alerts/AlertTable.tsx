import type { ReactNode } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { clockTime, dayOf, useTimes } from '@/i18n/times.ts'
import { useNow } from '@/live/useNow.ts'
import { StatusPill } from '@/ui/Badge.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { alertTexts } from './texts.ts'
import type { Alert } from './useAlerts.ts'

export function AlertTable({ rows, empty }: { rows: Alert[]; empty: ReactNode }) {
  const t = useTexts(alertTexts)
  const times = useTimes()
  const columns: Column<Alert>[] = [
    {
      key: 'name',
      header: t('name'),
      onPhone: 'title',
      sortBy: (alert) => alert.name,
      cell: (alert) => (
        <>
          <span className="block font-medium">{alert.name}</span>
          <span className="block text-sm text-soft">
            {[alert.employee_id, alert.department].filter(Boolean).join(' · ')}
          </span>
        </>
      ),
    },
    {
      key: 'state',
      header: t('state'),
      onPhone: 'corner',
      sortBy: (alert) => (alert.resolved_at ? 'resolved' : 'open'),
      cell: (alert) => (
        <StatusPill tone={alert.resolved_at ? 'quiet' : 'bad'}>{t(alert.resolved_at ? 'resolved' : 'open')}</StatusPill>
      ),
    },
    {
      key: 'opened',
      header: t('opened'),
      sortBy: (alert) => alert.opened_at,
      className: 'whitespace-nowrap',
      cell: (alert) => times.dayAndTime(alert.opened_at),
    },
    {
      key: 'last_seen',
      header: t('lastSeen'),
      sortBy: (alert) => alert.last_seen,
      cell: (alert) => (
        <>
          <span className="block">
            {dayOf(alert.last_seen) === dayOf(alert.opened_at)
              ? clockTime(alert.last_seen)
              : times.dayAndTime(alert.last_seen)}
          </span>
          {alert.camera && <span className="block text-sm text-soft">{alert.camera}</span>}
        </>
      ),
    },
    {
      key: 'absence',
      header: t('absence'),
      sortBy: (alert) => alert.absence_seconds ?? Number.MAX_SAFE_INTEGER,
      cell: (alert) => <Absence alert={alert} />,
    },
    { key: 'schedule', header: t('schedule'), cell: (alert) => <ScheduleThen schedule={alert.schedule} /> },
  ]
  return <Table label={t('table')} columns={columns} rows={rows} rowKey={(alert) => alert.id} empty={empty} />
}

function useLasting(): (seconds: number) => string {
  const t = useTexts(alertTexts)
  const times = useTimes()
  return (seconds) => (seconds < 60 ? t('seconds', { count: seconds }) : times.lasting(Math.floor(seconds / 60)))
}

function Absence({ alert }: { alert: Alert }) {
  const t = useTexts(alertTexts)
  const lasting = useLasting()
  if (alert.resolved_at === null || alert.absence_seconds === null) return <StillAway since={alert.last_seen} />
  return (
    <>
      <span className="block">{lasting(alert.absence_seconds)}</span>
      <span className="block text-sm text-soft">{t('back', { time: clockTime(alert.resolved_at) })}</span>
    </>
  )
}

/** Ticks by itself. */
function StillAway({ since }: { since: string }) {
  const t = useTexts(alertTexts)
  const lasting = useLasting()
  const seconds = Math.max(0, Math.floor((useNow() - Date.parse(since)) / 1000))
  return <span className="text-bad">{t('soFar', { lasting: lasting(seconds) })}</span>
}

function ScheduleThen({ schedule }: { schedule: Alert['schedule'] }) {
  const t = useTexts(alertTexts)
  const span = (hours: string) => hours.replace('-', '–')
  const moment = schedule.paused
    ? t('paused')
    : schedule.in_lunch_break
      ? t('inLunch')
      : t(schedule.in_work_hours ? 'inWorkHours' : 'outside')
  return (
    <>
      <span className="block">
        {t('hours', { hours: span(schedule.work_hours) })}
        {schedule.lunch_break && `, ${t('lunch', { hours: span(schedule.lunch_break) })}`}
      </span>
      <span className="block text-sm text-soft">{[moment, t(schedule.mode)].join(' · ')}</span>
    </>
  )
}
