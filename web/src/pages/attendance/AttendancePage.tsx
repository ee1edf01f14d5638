import { Printer } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useSearchParams } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { Skeleton } from '@/ui/states.tsx'
import { Tabs } from '@/ui/Tabs.tsx'
import './print.css'
import { DaysView } from './DaysView.tsx'
import { ExportLink } from './ExportLink.tsx'
import { readFilters } from './filters.ts'
import { LeaveView } from './LeaveView.tsx'
import { attendanceTexts } from './texts.ts'
import { usePrinting } from './usePrinting.ts'
import { useFreshAttendance } from './useReport.ts'

// The chart library is loaded when somebody looks at charts.
const ChartsView = lazy(() => import('./charts/ChartsView.tsx'))

const views = ['days', 'charts', 'leave'] as const

export default function AttendancePage() {
  const t = useTexts(attendanceTexts)
  const [params, setParams] = useSearchParams()
  useFreshAttendance()
  const view = views.find((name) => name === params.get('view')) ?? 'days'
  const filters = readFilters(params)
  const { printable, part, print } = usePrinting(filters)
  const show = (next: string) => {
    setParams((now) => {
      if (next === 'days') now.delete('view')
      else now.set('view', next)
      return now
    })
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          view === 'days' && (
            <>
              <ExportLink filters={filters} />
              <Button
                icon={<Printer className="size-4" />}
                className="max-sm:hidden"
                isBusy={part !== null}
                onClick={() => void print()}
              >
                {part ? t('printing', { percent: Math.floor(part * 100) }) : t('print')}
              </Button>
            </>
          )
        }
      />
      <Tabs
        label={t('views')}
        value={view}
        onChange={show}
        tabs={[
          { value: 'days', label: t('viewDays'), content: <DaysView filters={filters} printable={printable} /> },
          {
            value: 'charts',
            label: t('viewCharts'),
            content: (
              <Suspense fallback={<Skeleton className="h-96 w-full rounded-2xl" />}>
                <ChartsView />
              </Suspense>
            ),
          },
          { value: 'leave', label: t('viewLeave'), content: <LeaveView /> },
        ]}
      />
    </>
  )
}
