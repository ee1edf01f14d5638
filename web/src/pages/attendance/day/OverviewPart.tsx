import { BadgeCheck, RotateCcw } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { clockTimeWithSeconds, useTimes } from '@/i18n/times.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { TextArea } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { Capture } from '../Capture.tsx'
import type { AttendanceRow } from '../status.ts'
import { attendanceTexts } from '../texts.ts'
import { dayTexts } from './texts.ts'
import { useApprove, useRevert } from './useDay.ts'

interface OverviewPartProps {
  row: AttendanceRow
  isSure: boolean
  onPart: (part: string) => void
}

export function OverviewPart({ row, isSure }: OverviewPartProps) {
  const t = useTexts(attendanceTexts)
  const d = useTexts(dayTexts)
  const times = useTimes()
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <End row={row} end="first_in" />
        <End row={row} end="last_out" />
      </div>
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-3">
        <Fact label={t('duration')}>{row.duration_minutes === null ? '–' : times.lasting(row.duration_minutes)}</Fact>
        <Fact label={t('source')}>{row.entry_type ? t(row.entry_type) : d('nothingRecorded')}</Fact>
        {row.entry_type === 'MANUAL' && (
          <Fact label={d('approval')}>
            {row.approved_by && row.approved_at
              ? d('approvedByAt', { name: row.approved_by, time: times.dayAndTime(row.approved_at) })
              : t('notApproved')}
          </Fact>
        )}
        {row.remarks && <Fact label={t('remarks')}>{row.remarks}</Fact>}
      </dl>
      {isSure && row.entry_type === 'MANUAL' && <Decisions row={row} />}
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-soft">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}

function End({ row, end }: { row: AttendanceRow; end: 'first_in' | 'last_out' }) {
  const t = useTexts(attendanceTexts)
  const d = useTexts(dayTexts)
  const what = t(end === 'first_in' ? 'firstIn' : 'lastOut')
  const at = row[end]
  const confidence = row[`${end}_confidence`]
  const isByHand = row[`${end}_source`] === 'manual'
  return (
    <figure className="flex flex-col gap-2">
      <Capture
        src={row[`${end}_picture`]}
        alt={at ? t('picture', { name: row.name, what, time: clockTimeWithSeconds(at) }) : ''}
        className="aspect-4/3 w-full object-contain!"
      />
      <figcaption>
        <span className="text-sm text-soft">{what}</span>
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-xl font-semibold">{at ? clockTimeWithSeconds(at) : t('noTime')}</span>
          <span className="text-soft">
            {[
              row[`${end}_camera`],
              at && isByHand ? t('MANUAL') : null,
              at && !isByHand && confidence !== null ? d('sure', { percent: Math.round(confidence * 100) }) : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </figcaption>
    </figure>
  )
}

/** What can be done with an entry somebody made by hand. */
function Decisions({ row }: { row: AttendanceRow }) {
  const d = useTexts(dayTexts)
  const errorText = useErrorText()
  const { may } = useSession()
  const approve = useApprove(row.employee_id, row.date)
  const [isReverting, setReverting] = useState(false)
  const seen = row.updated_at
  if (!seen) return null
  const mayApprove = may('attendance:approve') && !row.approved_by
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
      {mayApprove && (
        <Button
          kind="primary"
          icon={<BadgeCheck className="size-4" />}
          isBusy={approve.isPending}
          onClick={() => approve.mutate(seen)}
        >
          {d('approve')}
        </Button>
      )}
      {may('attendance:write') && (
        <Button icon={<RotateCcw className="size-4" />} onClick={() => setReverting(true)}>
          {d('revert')}
        </Button>
      )}
      {approve.isError && (
        <p role="alert" className="basis-full text-bad">
          {errorText(approve.error)}
        </p>
      )}
      {isReverting && <Revert row={row} seen={seen} onClose={() => setReverting(false)} />}
    </div>
  )
}

function Revert({ row, seen, onClose }: { row: AttendanceRow; seen: string; onClose: () => void }) {
  const d = useTexts(dayTexts)
  const revert = useRevert(row.employee_id, row.date)
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  return (
    <ConfirmDialog
      title={d('revertTitle')}
      description={d('revertHint')}
      confirm={d('revert')}
      isDangerous
      onConfirm={async () => {
        setMissing(reason.trim() === '')
        if (reason.trim() === '') throw new Error(d('reasonMissing'))
        await revert.mutateAsync({ updated_at: seen, reason: reason.trim() })
      }}
      onClose={onClose}
    >
      <TextArea
        label={d('reason')}
        value={reason}
        maxLength={500}
        required
        error={isMissing && reason.trim() === '' ? d('reasonMissing') : undefined}
        onChange={(event) => setReason(event.target.value)}
      />
    </ConfirmDialog>
  )
}
