import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { CalendarX, UserX } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { clockTime, useTimes } from '@/i18n/times.ts'
import { serverNow, useLive, useLiveEvent } from '@/live/connection.ts'
import { useSession } from '@/shell/session.ts'
import { type Tone, StatusPill } from '@/ui/Badge.tsx'
import { Card } from '@/ui/Card.tsx'
import { DateField } from '@/ui/Field.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { myDaysTexts } from './texts.ts'

type Day = Schema<'Attendance'>

const usual = 31 // days
const aDay = 86_400_000

const tones: Record<Day['status'], Tone> = {
  present: 'good',
  late: 'warn',
  early_leave: 'warn',
  absent: 'bad',
  on_leave: 'accent',
  holiday: 'quiet',
  pending: 'accent',
}

/** One's own days, for those who may see no others. */
export default function MyDaysPage() {
  const t = useTexts(myDaysTexts)
  const { session } = useSession()
  const person = session.user.person_id
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {person === null ? (
        <EmptyState icon={<UserX className="size-6" />} title={t('nobody')}>
          {t('nobodyHint')}
        </EmptyState>
      ) : (
        <MyDays person={person} />
      )}
    </>
  )
}

interface Range {
  from_date: string
  to_date: string
}

function useRange(): [Range, (changed: Partial<Range>) => void] {
  const { timeZone } = useLive()
  // Swedish writes days as 2026-01-05.
  const dayAt = (time: number) => new Date(time).toLocaleDateString('sv-SE', { timeZone })
  const [chosen, choose] = useState<Partial<Range>>({})
  const now = serverNow()
  const range = { from_date: dayAt(now - (usual - 1) * aDay), to_date: dayAt(now), ...chosen }
  return [range, (changed) => choose({ ...range, ...changed })]
}

function useMyDays(person: string, range: Range) {
  const path = { person_id: person }
  const days = useQuery({
    queryKey: ['my-days', person, range],
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    queryFn: async () => {
      const query = { ...range, page_size: 100 }
      return answerOf(api.GET('/api/v1/attendance/{person_id}', { params: { path, query } }))
    },
  })
  const figures = useQuery({
    queryKey: ['my-days', person, 'figures', range],
    placeholderData: keepPreviousData,
    queryFn: () => answerOf(api.GET('/api/v1/attendance/{person_id}/statistics', { params: { path, query: range } })),
  })
  useLiveEvent('attendance_update', () => void Promise.all([days.refetch(), figures.refetch()]))
  return { days, figures: figures.data?.data }
}

function MyDays({ person }: { person: string }) {
  const t = useTexts(myDaysTexts)
  const [range, setRange] = useRange()
  const { days, figures } = useMyDays(person, range)
  const columns = useColumns()
  const summary: [string, number | undefined][] = [
    [t('workingDays'), figures?.total_working_days],
    [t('daysPresent'), figures?.days_present],
    [t('late'), figures?.days_late],
    [t('absent'), figures?.days_absent],
  ]
  return (
    <>
      <div className="mb-4 flex flex-wrap gap-3">
        <DateField
          label={t('from')}
          className="w-40"
          value={range.from_date}
          max={range.to_date}
          onChange={({ target }) => target.value && setRange({ from_date: target.value })}
        />
        <DateField
          label={t('to')}
          className="w-40"
          value={range.to_date}
          min={range.from_date}
          onChange={({ target }) => target.value && setRange({ to_date: target.value })}
        />
      </div>
      <dl className="mb-4 grid grid-cols-2 gap-3 lg:grid-cols-4">
        {summary.map(([label, count]) => (
          <div key={label} className="rounded-2xl border border-line bg-card px-4 py-3 shadow-card">
            <dt className="text-sm text-soft">{label}</dt>
            <dd className="text-2xl font-semibold tracking-tight">{count ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <Card isFlush>
        {days.isError && !days.data && <ErrorState error={days.error} onRetry={() => void days.refetch()} />}
        {days.isPending && <SkeletonRows />}
        {days.data && (
          <Table
            label={t('days')}
            columns={columns}
            rows={days.data.data}
            rowKey={(day) => day.id}
            empty={
              <EmptyState icon={<CalendarX className="size-6" />} title={t('none')}>
                {t('noneHint')}
              </EmptyState>
            }
          />
        )}
      </Card>
      <p className="mt-4 text-sm text-soft">{t('wrong')}</p>
    </>
  )
}

function useColumns(): Column<Day>[] {
  const t = useTexts(myDaysTexts)
  const times = useTimes()
  return [
    {
      key: 'date',
      header: t('date'),
      onPhone: 'title',
      sortBy: (day) => day.attendance_date,
      cell: (day) => <span className="font-medium">{times.day(day.attendance_date)}</span>,
    },
    {
      key: 'status',
      header: t('status'),
      onPhone: 'corner',
      sortBy: (day) => day.status,
      cell: (day) => <StatusPill tone={tones[day.status]}>{t(day.status)}</StatusPill>,
    },
    { key: 'in', header: t('firstIn'), cell: (day) => (day.check_in_time ? clockTime(day.check_in_time) : '–') },
    { key: 'out', header: t('lastOut'), cell: (day) => (day.check_out_time ? clockTime(day.check_out_time) : '–') },
    {
      key: 'duration',
      header: t('duration'),
      cell: (day) => (day.duration_minutes === null ? '–' : times.lasting(day.duration_minutes)),
    },
    {
      key: 'source',
      header: t('source'),
      cell: (day) => (
        <>
          {t(day.is_manual ? 'byHand' : 'byCamera')}
          {day.remarks && <span className="block text-sm break-words text-soft">{day.remarks}</span>}
        </>
      ),
    },
  ]
}
