import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useEffect } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useSession } from '@/shell/session.ts'
import { IconButton } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { Tabs } from '@/ui/Tabs.tsx'
import type { AttendanceRow } from '../status.ts'
import { StatusOf } from '../StatusOf.tsx'
import { attendanceTexts } from '../texts.ts'
import { CorrectPart } from './CorrectPart.tsx'
import { HistoryPart } from './HistoryPart.tsx'
import { OverviewPart } from './OverviewPart.tsx'
import { useDay } from './useDay.ts'
import { WhyPart } from '../why/WhyPart.tsx'

interface DayDialogProps {
  /** An employee code. */
  who: string
  day: string
  part: string
  /** The row of the list it was opened from. */
  known: AttendanceRow | undefined
  today: string | undefined
  onPart: (part: string) => void
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
  onClose: () => void
}

/** Everything about one day of one person. */
export function DayDialog(props: DayDialogProps) {
  const { who, day, part, known, today, onPrevious, onNext } = props
  const t = useTexts(attendanceTexts)
  const times = useTimes()
  const query = useDay(who, day, known)
  const row = query.data
  useArrowKeys(onPrevious, onNext)
  return (
    <Dialog
      title={row ? row.name : who}
      description={
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span>{times.day(day)}</span>
          {row && <StatusOf row={row} today={today} />}
          {row && <span>{[row.employee_id, row.department].filter(Boolean).join(' · ')}</span>}
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
      onClose={props.onClose}
    >
      {query.isError && !row && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && !row && <SkeletonRows count={4} />}
      {/* Another day begins anew, the same one keeps what is typed while it is refreshed. */}
      {row && (
        <Parts key={`${who} ${day}`} row={row} isSure={!query.isPlaceholderData} part={part} onPart={props.onPart} />
      )}
    </Dialog>
  )
}

interface PartsProps {
  row: AttendanceRow
  /** The server told it just now, with what a change needs. */
  isSure: boolean
  part: string
  onPart: (part: string) => void
}

function Parts({ row, isSure, part, onPart }: PartsProps) {
  const t = useTexts(attendanceTexts)
  const { may } = useSession()
  const parts = [
    { value: 'overview', label: t('overview'), content: <OverviewPart row={row} isSure={isSure} onPart={onPart} /> },
    { value: 'why', label: t('why'), content: <WhyPart row={row} /> },
    ...(may('attendance:write')
      ? [
          {
            value: 'correct',
            label: t('correct'),
            content: isSure ? <CorrectPart row={row} onDone={() => onPart('overview')} /> : <SkeletonRows count={3} />,
          },
        ]
      : []),
    { value: 'history', label: t('history'), content: <HistoryPart row={row} /> },
  ]
  const shown = parts.some(({ value }) => value === part) ? part : 'overview'
  return <Tabs label={t('dayParts')} value={shown} onChange={onPart} tabs={parts} />
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
