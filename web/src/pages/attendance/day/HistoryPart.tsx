import { ArrowRight, History } from 'lucide-react'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { clockTime, dayOf, useTimes } from '@/i18n/times.ts'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { type AttendanceRow, isStatus } from '../status.ts'
import { attendanceTexts } from '../texts.ts'
import { dayTexts } from './texts.ts'
import { useHistory } from './useDay.ts'

type Change = Schema<'DayChange'>
type NotedDay = NonNullable<Change['before']>

/** Who changed the day, newest first: what it was and what it became. */
export function HistoryPart({ row }: { row: AttendanceRow }) {
  const d = useTexts(dayTexts)
  const query = useHistory(row.employee_id, row.date)
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <SkeletonRows count={3} />
  if (query.data.length === 0)
    return (
      <EmptyState icon={<History className="size-6" />} title={d('noHistory')}>
        {d('noHistoryHint')}
      </EmptyState>
    )
  return (
    <ol className="flex flex-col gap-5">
      {query.data.map((change) => (
        <li key={change.id} className="border-l-2 border-line-strong/50 pl-4">
          <OneChange change={change} day={row.date} />
        </li>
      ))}
    </ol>
  )
}

const compared = ['status', 'first_in', 'last_out', 'entry_type', 'remarks', 'approved_by'] as const

function OneChange({ change, day }: { change: Change; day: string }) {
  const t = useTexts(attendanceTexts)
  const d = useTexts(dayTexts)
  const times = useTimes()
  const labels = {
    status: t('status'),
    first_in: t('firstIn'),
    last_out: t('lastOut'),
    entry_type: t('source'),
    remarks: t('remarks'),
    approved_by: d('approval'),
  }
  const show = (noted: NotedDay | null, name: (typeof compared)[number]): string => {
    const value = noted?.[name]
    if (!value) return '–'
    if (name === 'status' && isStatus(value)) return t(value)
    if (name === 'entry_type' && (value === 'AUTO' || value === 'MANUAL' || value === 'SYSTEM')) return t(value)
    if (name === 'first_in' || name === 'last_out')
      return dayOf(value) === day ? clockTime(value) : times.dayAndTime(value)
    return value
  }
  const differing = compared.filter((name) => (change.before?.[name] ?? null) !== (change.after?.[name] ?? null))
  const what = change.decision ? d(`decision_${change.decision}`) : d(`action_${change.action}`)
  return (
    <>
      <p>
        <span className="font-semibold">{what}</span> · {change.by}
      </p>
      <p className="text-sm text-soft">{times.dayAndTime(change.at)}</p>
      {change.reason && <p className="mt-1 break-words">“{change.reason}”</p>}
      {differing.length > 0 && (
        <dl className="mt-2 grid gap-1 text-sm">
          {differing.map((name) => (
            <div key={name} className="flex flex-wrap gap-x-3">
              <dt className="w-32 shrink-0 text-soft">{labels[name]}</dt>
              <dd className="flex min-w-0 flex-wrap items-center gap-2 break-words">
                <del className="text-soft">
                  <span className="sr-only">{d('before')} </span>
                  {show(change.before, name)}
                </del>
                <ArrowRight className="size-3.5 text-soft" aria-hidden />
                <ins className="font-medium no-underline">
                  <span className="sr-only">{d('after')} </span>
                  {show(change.after, name)}
                </ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  )
}
