import { useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useNow } from '@/live/useNow.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Card } from '@/ui/Card.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { daysText } from './hours.ts'
import { scheduleTexts } from './texts.ts'
import { type ScheduleVersion, useDayNames, useVersions } from './useSchedule.ts'

/** All versions, newest first, with who made them. */
export function VersionsCard({ current }: { current: string }) {
  const t = useTexts(scheduleTexts)
  const { data, error, refetch } = useVersions()
  const columns = useColumns(current)
  return (
    <Card title={t('versions')} isFlush actions={<span className="text-sm text-soft">{t('versionsHint')}</span>}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows count={3} />
      ) : (
        <Table
          label={t('versions')}
          columns={columns}
          rows={data}
          rowKey={(version) => version.id}
          empty={<EmptyState title={t('noVersions')} />}
        />
      )}
    </Card>
  )
}

function useColumns(current: string): Column<ScheduleVersion>[] {
  const t = useTexts(scheduleTexts)
  const { day, dayAndTime } = useTimes()
  const names = useDayNames()
  const say = useServerText()
  const now = useNow()
  const stateOf = (version: ScheduleVersion) => {
    if (version.paused)
      return version.pause_until ? t('statePausedUntil', { time: dayAndTime(version.pause_until) }) : t('statePaused')
    if (version.mode === 'AUTO') return t('stateAuto')
    return version.manual_tracking ? t('stateManualOn') : t('stateManualOff')
  }
  return [
    {
      key: 'from',
      header: t('validFrom'),
      onPhone: 'title',
      cell: (version) => (
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 whitespace-nowrap">
          {day(version.valid_from)}, {version.valid_from.slice(11, 16)}
          {version.id === current && <Badge tone="good">{t('inForce')}</Badge>}
          {version.id !== current && Date.parse(version.valid_from) > now && <Badge tone="accent">{t('toCome')}</Badge>}
        </span>
      ),
    },
    {
      key: 'what',
      header: t('what'),
      cell: (version) => (
        <>
          <span className="block">
            {t('versionHours', {
              hours: version.work_hours,
              days: daysText(version.working_days, names),
              grace: version.grace_minutes,
            })}
          </span>
          <span className="block text-sm text-soft">
            {version.lunch_break ? t('withLunch', { hours: version.lunch_break }) : t('withoutLunch')}
            {version.remarks && ` · ${say(version.remarks)}`}
          </span>
        </>
      ),
    },
    { key: 'state', header: t('state'), cell: stateOf },
    { key: 'by', header: t('changedBy'), cell: (version) => version.changed_by || t('by') },
  ]
}
