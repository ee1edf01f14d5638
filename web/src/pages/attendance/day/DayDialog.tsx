import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { IconButton } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import type { AttendanceRow } from '../status.ts'
import { StatusOf } from '../StatusOf.tsx'
import { attendanceTexts } from '../texts.ts'
import { OverviewPart } from './OverviewPart.tsx'

interface DayDialogProps {
  row: AttendanceRow
  today: string | undefined
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
  onClose: () => void
}

/** One day of one person, with its pictures. */
export function DayDialog({ row, today, onPrevious, onNext, onClose }: DayDialogProps) {
  const t = useTexts(attendanceTexts)
  const times = useTimes()
  useArrowKeys(onPrevious, onNext)
  return (
    <Dialog
      title={row.name}
      description={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span>{times.day(row.date)}</span>
          <StatusOf row={row} today={today} />
          <span>{[row.employee_id, row.department].filter(Boolean).join(' · ')}</span>
          <span className="ml-auto flex">
            <IconButton label={t('previousRow')} disabled={!onPrevious} onClick={onPrevious} className="size-8">
              <ChevronLeft className="size-5" />
            </IconButton>
            <IconButton label={t('nextRow')} disabled={!onNext} onClick={onNext} className="size-8">
              <ChevronRight className="size-5" />
            </IconButton>
          </span>
        </span>
      }
      size="wide"
      onClose={onClose}
    >
      <OverviewPart row={row} />
    </Dialog>
  )
}

/** Left and right go through the list, where no field or tab wants the keys. */
function useArrowKeys(onPrevious: (() => void) | undefined, onNext: (() => void) | undefined): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null
      if (event.altKey || event.ctrlKey || event.metaKey || target?.closest('input,textarea,select,[role=tab]')) return
      if (event.key === 'ArrowLeft') onPrevious?.()
      if (event.key === 'ArrowRight') onNext?.()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [onPrevious, onNext])
}
