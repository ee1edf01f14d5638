import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { clockTime, useTimes } from '@/i18n/times.ts'
import { Card } from '@/ui/Card.tsx'
import { DateField, Select } from '@/ui/Field.tsx'
import { EmptyState, ErrorState, Skeleton } from '@/ui/states.tsx'
import { addDays, isDay, weekday } from '../days.ts'
import { Departments } from '../FilterBar.tsx'
import { attendanceKey, refreshEvery, useSiteToday } from '../useReport.ts'
import { FigureTable } from './FigureTable.tsx'
import { Plot, type PlotSeries } from './Plot.tsx'
import { chartTexts } from './texts.ts'
import { type Week, weeksOf } from './weeks.ts'

const weekChoices = [4, 8, 12]

/** Presence over a day and lateness over weeks; which ones is in the address. */
export default function ChartsView() {
  const t = useTexts(chartTexts)
  const [params, setParams] = useSearchParams()
  const today = useSiteToday()
  const asked = params.get('on')
  const day = isDay(asked) ? asked : today
  const department = params.get('department') ?? ''
  const weeks = weekChoices.find((count) => String(count) === params.get('weeks')) ?? 8
  const set = (name: string, value: string) => {
    setParams(
      (now) => {
        if (value) now.set(name, value)
        else now.delete(name)
        return now
      },
      { replace: true },
    )
  }
  return (
    <>
      <div className="mb-4 flex flex-wrap items-end gap-3 print:hidden">
        <DateField
          label={t('date')}
          className="w-40"
          max={today}
          value={day ?? ''}
          onChange={(event) => set('on', event.target.value)}
        />
        <Departments value={department} rows={[]} onChange={(value) => set('department', value)} />
        <Select label={t('weeks')} value={weeks} onChange={(event) => set('weeks', event.target.value)}>
          {weekChoices.map((count) => (
            <option key={count}>{count}</option>
          ))}
        </Select>
      </div>
      <div className="grid items-start gap-5 2xl:grid-cols-2">
        {day && <Presence day={day} department={department} />}
        {day && <Lateness to={day} weeks={weeks} department={department} />}
      </div>
    </>
  )
}

function Presence({ day, department }: { day: string; department: string }) {
  const t = useTexts(chartTexts)
  const query = useQuery({
    queryKey: [...attendanceKey, 'presence', day, department],
    refetchInterval: refreshEvery,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answerOf(
        api.GET('/api/report/presence', {
          params: { query: { date: day, minutes: 15, ...(department && { department }) } },
        }),
      ),
  })
  return (
    <Card title={t('presence')}>
      <p className="mb-3 text-sm text-soft">{t('presenceHint')}</p>
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && !query.data && <Skeleton className="h-72 w-full" />}
      {query.data && <PresencePlot day={day} slots={query.data.slots} />}
    </Card>
  )
}

interface Slot {
  from: string
  present: number
  seen: number
}

// Quarter hours: whole hours are written, or every second, third, sixth one.
const hourSteps = [4, 8, 12, 24]

function PresencePlot({ day, slots }: { day: string; slots: readonly Slot[] }) {
  const t = useTexts(chartTexts)
  const times = useTimes()
  const { labels, series } = useMemo(
    () => ({
      labels: slots.map((slot) => clockTime(slot.from)),
      series: [
        { label: t('present'), colour: 'accent', kind: 'area', values: slots.map((slot) => slot.present) },
        { label: t('seen'), colour: 'warn', kind: 'line', values: slots.map((slot) => slot.seen) },
      ] satisfies PlotSeries[],
    }),
    [slots, t],
  )
  const most = slots.reduce<Slot | null>((best, slot) => (slot.present > (best?.present ?? 0) ? slot : best), null)
  if (!most) return <Nothing />
  return (
    <>
      <Plot
        labels={labels}
        series={series}
        steps={hourSteps}
        summary={t('presenceSummary', { day: times.day(day), time: clockTime(most.from), count: most.present })}
      />
      <FigureTable
        label={t('presence')}
        header={[t('time'), t('present'), t('seen')]}
        rows={slots.map((slot) => [clockTime(slot.from), slot.present, slot.seen])}
      />
    </>
  )
}

function Lateness({ to, weeks, department }: { to: string; weeks: number; department: string }) {
  const t = useTexts(chartTexts)
  // Whole weeks, the present one last.
  const from = addDays(to, -weekday(to) - 7 * (weeks - 1))
  const query = useQuery({
    queryKey: [...attendanceKey, 'lateness', from, to, department],
    refetchInterval: refreshEvery,
    placeholderData: keepPreviousData,
    queryFn: () =>
      answerOf(
        api.GET('/api/report/daily_figures', { params: { query: { from, to, ...(department && { department }) } } }),
      ),
  })
  const made = useMemo(() => query.data && weeksOf(query.data.days), [query.data])
  return (
    <Card title={t('lateness')}>
      <p className="mb-3 text-sm text-soft">{t('latenessHint')}</p>
      {query.isError && !made && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && !made && <Skeleton className="h-72 w-full" />}
      {made && <LatenessPlot weeks={made} />}
    </Card>
  )
}

const weekSteps = [1, 2, 4]

function LatenessPlot({ weeks }: { weeks: readonly Week[] }) {
  const t = useTexts(chartTexts)
  const times = useTimes()
  const { labels, series } = useMemo(
    () => ({
      // "5 Jan" of "5 Jan, 00:00"
      labels: weeks.map((week) => times.dayAndTime(`${week.monday}T00:00`).split(',')[0] ?? week.monday),
      series: [
        { label: t('late'), colour: 'warn', kind: 'bars', values: weeks.map((week) => week.late) },
      ] satisfies PlotSeries[],
    }),
    [weeks, t, times],
  )
  const late = weeks.reduce((sum, week) => sum + week.late, 0)
  const came = weeks.reduce((sum, week) => sum + week.came, 0)
  if (came === 0) return <Nothing />
  return (
    <>
      <Plot
        labels={labels}
        series={series}
        steps={weekSteps}
        summary={t('latenessSummary', { weeks: weeks.length, late, came })}
      />
      <FigureTable
        label={t('lateness')}
        header={[t('week'), t('late'), t('came'), t('share'), t('average')]}
        rows={weeks.map((week) => [
          times.day(week.monday),
          week.late,
          week.came,
          week.came === 0 ? '–' : `${Math.round((100 * week.late) / week.came)} %`,
          week.late === 0 ? '–' : times.lasting(Math.round(week.lateMinutes / week.late)),
        ])}
      />
    </>
  )
}

function Nothing() {
  const t = useTexts(chartTexts)
  return (
    <EmptyState icon={<ChartColumn className="size-6" />} title={t('nothing')}>
      {t('nothingHint')}
    </EmptyState>
  )
}
