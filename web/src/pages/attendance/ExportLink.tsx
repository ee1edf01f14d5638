import { FileDown } from 'lucide-react'
import { useTexts } from '@/i18n/texts.ts'
import { buttonLook } from '@/ui/Button.tsx'
import { daysAsked, exportAddress, type Filters } from './filters.ts'
import { attendanceTexts } from './texts.ts'
import { useSiteToday } from './useReport.ts'

/** The rows that are shown, as a file. */
export function ExportLink({ filters }: { filters: Filters }) {
  const t = useTexts(attendanceTexts)
  const days = daysAsked(filters, useSiteToday())
  if (!days) return null
  return (
    <a href={exportAddress(filters, days)} download title={t('exportHint')} className={buttonLook()}>
      <FileDown className="size-4" aria-hidden />
      {t('export')}
    </a>
  )
}
