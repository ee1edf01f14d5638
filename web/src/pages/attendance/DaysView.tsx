import { useMemo } from 'react'
import { Link, useSearchParams } from 'react-router'
import { CalendarX } from 'lucide-react'
import { useTexts } from '@/i18n/texts.ts'
import { clockTimeWithSeconds } from '@/i18n/times.ts'
import { useLive } from '@/live/connection.ts'
import { Button, buttonLook } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState, ErrorState, SkeletonRows, useErrorText } from '@/ui/states.tsx'
import { DayDialog } from './day/DayDialog.tsx'
import { DayTable } from './DayTable.tsx'
import { FilterBar } from './FilterBar.tsx'
import { daysAsked, type Filters, readFilters, writeFilters } from './filters.ts'
import { PrintedReport } from './PrintedReport.tsx'
import type { AttendanceRow } from './status.ts'
import { attendanceTexts } from './texts.ts'
import { Totals } from './Totals.tsx'
import type { Printable } from './usePrinting.ts'
import { useReport, useSiteToday } from './useReport.ts'

const noRows: AttendanceRow[] = []

interface DaysViewProps {
  filters: Filters
  /** More rows than the screen has loaded, while they are printed. */
  printable: Printable | null
}

/** The days that the filters of the address ask for, and the one that is open. */
export function DaysView({ filters, printable }: DaysViewProps) {
  const [params, setParams] = useSearchParams()
  const today = useSiteToday()
  const days = daysAsked(filters, today)
  const report = useReport(filters, days)
  const first = report.data?.pages[0]
  const rows = useMemo(() => report.data?.pages.flatMap((page) => page.rows) ?? noRows, [report.data])
  const change = (changed: Partial<Filters>) => {
    setParams((now) => writeFilters({ ...readFilters(now), ...changed }), { replace: true })
  }
  const open = (row: AttendanceRow | null, part?: string) => {
    // Opening is a step that the browser's back button takes back.
    setParams(
      (now) => {
        for (const name of ['who', 'day', 'part']) now.delete(name)
        if (row) {
          now.set('who', row.employee_id)
          now.set('day', row.date)
          if (part) now.set('part', part)
        }
        return now
      },
      { replace: row === null || params.has('who') },
    )
  }
  return (
    <>
      <FilterBar filters={filters} today={today} rows={rows} onChange={change} />
      <Totals counts={first?.counts} chosen={filters.statuses} onChoose={(statuses) => change({ statuses })} />
      <Card isFlush className="print:hidden">
        {report.isError && !report.data && <ErrorState error={report.error} onRetry={() => void report.refetch()} />}
        {!report.isError && !first && <SkeletonRows count={8} />}
        {first && (
          <div aria-busy={report.isPlaceholderData} className={report.isPlaceholderData ? 'opacity-60' : undefined}>
            <DayTable
              rows={rows}
              today={today}
              hasManyDays={first.from !== first.to}
              onOpen={open}
              empty={<Nothing isFiltered={Object.keys(first.counts).length > 0 || isNarrow(filters)} />}
            />
            <Footing report={report} shown={rows.length} total={first.total} />
          </div>
        )}
      </Card>
      {first && <PrintedReport report={printable?.report ?? first} rows={printable?.rows ?? rows} today={today} />}
      <OpenDay rows={rows} today={today} onOpen={open} />
    </>
  )
}

const isNarrow = (filters: Filters) => filters.department !== '' || filters.employee !== ''

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const t = useTexts(attendanceTexts)
  if (isFiltered)
    return (
      <EmptyState icon={<CalendarX className="size-6" />} title={t('nobody')}>
        {t('nobodyHint')}
      </EmptyState>
    )
  return (
    <EmptyState
      icon={<CalendarX className="size-6" />}
      title={t('noPeople')}
      action={
        <Link to="/people" className={buttonLook({ kind: 'primary' })}>
          {t('toPeople')}
        </Link>
      }
    >
      {t('noPeopleHint')}
    </EmptyState>
  )
}

interface FootingProps {
  report: ReturnType<typeof useReport>
  shown: number
  total: number
}

/** How much is shown, and how fresh it is. */
function Footing({ report, shown, total }: FootingProps) {
  const t = useTexts(attendanceTexts)
  const errorText = useErrorText()
  const { timeZone, clockOffset } = useLive()
  const at = new Date(report.dataUpdatedAt + clockOffset).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')
  const time = clockTimeWithSeconds(at)
  return (
    <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-5 py-3 text-sm text-soft">
      <span>{t('shownOf', { shown, total })}</span>
      {report.hasNextPage && (
        <Button size="small" isBusy={report.isFetchingNextPage} onClick={() => void report.fetchNextPage()}>
          {t('showMore')}
        </Button>
      )}
      <span className={report.isError ? 'text-bad' : undefined}>
        {report.isError ? t('stale', { time, reason: errorText(report.error) }) : t('updated', { time })}
      </span>
    </div>
  )
}

interface OpenDayProps {
  rows: readonly AttendanceRow[]
  today: string | undefined
  onOpen: (row: AttendanceRow | null, part?: string) => void
}

/** The dialog of the day in the address, with the rows beside it. */
function OpenDay({ rows, today, onOpen }: OpenDayProps) {
  const [params] = useSearchParams()
  const who = params.get('who')
  const day = params.get('day')
  const part = params.get('part') ?? 'overview'
  if (!who || !day) return null
  const index = rows.findIndex((row) => row.employee_id === who && row.date === day)
  const beside = (step: number) => (index < 0 ? undefined : rows[index + step])
  const go = (row: AttendanceRow | undefined) => row && onOpen(row, part)
  return (
    <DayDialog
      who={who}
      day={day}
      part={part}
      known={rows[index]}
      today={today}
      onPart={(next) => onOpen(rows[index] ?? ({ employee_id: who, date: day } as AttendanceRow), next)}
      onPrevious={beside(-1) && (() => go(beside(-1)))}
      onNext={beside(1) && (() => go(beside(1)))}
      onClose={() => onOpen(null)}
    />
  )
}
