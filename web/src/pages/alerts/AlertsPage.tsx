import { BellOff, Eraser, FileDown } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { Person } from '@/pages/attendance/FilterBar.tsx'
import { DayFields, QuickRanges } from '@/pages/attendance/RangeFields.tsx'
import { attendanceTexts } from '@/pages/attendance/texts.ts'
import { useSession } from '@/shell/session.ts'
import { Button, buttonLook } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { Select } from '@/ui/Field.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { AlertTable } from './AlertTable.tsx'
import { type AlertFilters, alertExport, alertQuery, readAlertFilters, writeAlertFilters } from './filters.ts'
import { ResetLogs } from './ResetLogs.tsx'
import { alertTexts } from './texts.ts'
import { type Alert, useAlerts, useAlertToday, useFreshAlerts } from './useAlerts.ts'

/** The report tells at most this many days at once. */
const mostDays = 366

const noAlerts: Alert[] = []

export default function AlertsPage() {
  const t = useTexts(alertTexts)
  const a = useTexts(attendanceTexts)
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const [isResetting, setResetting] = useState(false)
  const filters = readAlertFilters(params)
  const today = useAlertToday()
  const query = alertQuery(filters, today)
  const alerts = useAlerts(query)
  useFreshAlerts()
  const first = alerts.data?.pages[0]
  const rows = useMemo(() => alerts.data?.pages.flatMap((page) => page.rows) ?? noAlerts, [alerts.data])
  const change = (changed: Partial<AlertFilters>) => {
    setParams((now) => writeAlertFilters({ ...readAlertFilters(now), ...changed }), { replace: true })
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        description={t('description')}
        actions={
          <>
            {query && (
              <a href={alertExport(query)} download title={t('exportHint')} className={buttonLook()}>
                <FileDown className="size-4" aria-hidden />
                {t('export')}
              </a>
            )}
            {may('system:admin') && (
              <Button icon={<Eraser className="size-4" />} onClick={() => setResetting(true)}>
                {t('reset')}
              </Button>
            )}
          </>
        }
      />
      <AlertFilterBar filters={filters} today={today} rows={rows} onChange={change} />
      <Card isFlush>
        {alerts.isError && !first && <ErrorState error={alerts.error} onRetry={() => void alerts.refetch()} />}
        {!alerts.isError && !first && <SkeletonRows count={6} />}
        {first && (
          <div aria-busy={alerts.isPlaceholderData} className={alerts.isPlaceholderData ? 'opacity-60' : undefined}>
            <AlertTable
              rows={rows}
              empty={
                <EmptyState icon={<BellOff className="size-6" />} title={t('none')}>
                  {t('noneHint')}
                </EmptyState>
              }
            />
            <div className="flex items-center justify-between gap-3 border-t border-line px-5 py-3 text-sm text-soft">
              <span role="status">{a('shownOf', { shown: rows.length, total: first.total })}</span>
              {alerts.hasNextPage && (
                <Button size="small" isBusy={alerts.isFetchingNextPage} onClick={() => void alerts.fetchNextPage()}>
                  {a('showMore')}
                </Button>
              )}
            </div>
          </div>
        )}
      </Card>
      {isResetting && <ResetLogs onClose={() => setResetting(false)} />}
    </>
  )
}

interface AlertFilterBarProps {
  filters: AlertFilters
  today: string | undefined
  rows: readonly Alert[]
  onChange: (changed: Partial<AlertFilters>) => void
}

function AlertFilterBar({ filters, today, rows, onChange }: AlertFilterBarProps) {
  const t = useTexts(alertTexts)
  const { may } = useSession()
  return (
    <div className="mb-4 flex flex-col gap-3">
      <QuickRanges range={filters.range} onChange={onChange} />
      <div className="grid grid-cols-2 gap-3 sm:flex sm:flex-wrap sm:items-end">
        <DayFields chosen={filters} today={today} mostDays={mostDays} onChange={onChange} />
        {may('persons:read') && (
          <Person code={filters.employee} rows={rows} onChange={(employee) => onChange({ employee })} />
        )}
        <Select
          label={t('state')}
          className="sm:w-40"
          value={filters.state}
          onChange={(event) => {
            const state = event.target.value
            onChange({ state: state === 'open' || state === 'resolved' ? state : '' })
          }}
        >
          <option value="">{t('any')}</option>
          <option value="open">{t('open')}</option>
          <option value="resolved">{t('resolved')}</option>
        </Select>
      </div>
    </div>
  )
}
