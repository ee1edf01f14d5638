import { clsx } from 'clsx'
import { useTexts } from '@/i18n/texts.ts'
import { Skeleton } from '@/ui/states.tsx'
import { type AttendanceStatus, came } from './status.ts'
import { attendanceTexts } from './texts.ts'

interface TotalsProps {
  /** Rows by status, whatever status is chosen. */
  counts: Record<string, number> | undefined
  chosen: readonly AttendanceStatus[]
  onChoose: (statuses: readonly AttendanceStatus[]) => void
}

const figures = [
  { label: 'present', of: came, tone: 'text-good' },
  { label: 'LATE', of: ['LATE'], tone: 'text-warn' },
  { label: 'ABSENT', of: ['ABSENT'], tone: 'text-bad' },
  { label: 'ON_LEAVE', of: ['ON_LEAVE'], tone: 'text-accent-strong' },
  { label: 'PENDING_REVIEW', of: ['PENDING_REVIEW'], tone: 'text-accent-strong' },
] as const satisfies readonly { label: string; of: readonly AttendanceStatus[]; tone: string }[]

export function Totals({ counts, chosen, onChoose }: TotalsProps) {
  const t = useTexts(attendanceTexts)
  if (!counts) return <Skeleton className="mb-4 h-19 w-full rounded-2xl" />
  const sum = (of: readonly AttendanceStatus[]) => of.reduce((total, status) => total + (counts[status] ?? 0), 0)
  const all = Object.values(counts).reduce((total, count) => total + count, 0)
  return (
    <div role="group" aria-label={t('totals')} className="mb-4 grid grid-cols-3 gap-2 lg:grid-cols-5">
      {figures.map(({ label, of, tone }) => {
        const isChosen = of.length === chosen.length && of.every((status) => chosen.includes(status))
        return (
          <button
            key={label}
            type="button"
            aria-pressed={isChosen}
            onClick={() => onChoose(isChosen ? [] : of)}
            className={clsx(
              'min-w-0 rounded-2xl border bg-card px-3 py-2 text-left sm:px-4 sm:py-3 shadow-card transition-colors hover:border-line-strong print:border-line',
              isChosen ? 'border-accent ring-1 ring-accent' : 'border-line',
            )}
          >
            <span className="block truncate text-sm text-soft">{t(label)}</span>
            <span className={clsx('text-2xl font-semibold tracking-tight', sum(of) > 0 ? tone : 'text-soft')}>
              {sum(of)}
            </span>{' '}
            <span className="text-sm text-soft max-sm:hidden">{t('ofAll', { count: all })}</span>
          </button>
        )
      })}
    </div>
  )
}
