import { Printer } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import './print.css'
import { DaysView } from './DaysView.tsx'
import { readFilters } from './filters.ts'
import { attendanceTexts } from './texts.ts'
import { useFreshAttendance } from './useReport.ts'

export default function AttendancePage() {
  const t = useTexts(attendanceTexts)
  const [params] = useSearchParams()
  useFreshAttendance()
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <Button icon={<Printer className="size-4" />} className="max-sm:hidden" onClick={() => window.print()}>
            {t('print')}
          </Button>
        }
      />
      <DaysView filters={readFilters(params)} />
    </>
  )
}
