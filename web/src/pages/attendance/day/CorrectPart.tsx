import { useState } from 'react'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Select, TextArea, TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { addDays } from '../days.ts'
import { type AttendanceRow, statuses } from '../status.ts'
import { attendanceTexts } from '../texts.ts'
import { type CorrectionForm, correctionOf, formOf, type StatusGiven } from './correction.ts'
import { dayTexts } from './texts.ts'
import { useCorrect } from './useDay.ts'

const given = statuses.filter((status): status is StatusGiven => status !== 'PENDING_REVIEW')

interface CorrectPartProps {
  row: AttendanceRow
  onDone: () => void
}

/** Enters a day by hand. What was seen when the form was opened is what is corrected. */
export function CorrectPart({ row: newest, onDone }: CorrectPartProps) {
  const t = useTexts(attendanceTexts)
  const d = useTexts(dayTexts)
  const common = useTexts(commonTexts)
  const { may } = useSession()
  const { timeZone } = useLive()
  const errorText = useErrorText()
  const mayApprove = may('attendance:approve')
  const [row, setRow] = useState(newest)
  const [form, setForm] = useState(() => formOf(newest, mayApprove))
  const [problems, setProblems] = useState<Partial<Record<'reason' | 'form', string>>>({})
  const correct = useCorrect(row.employee_id, row.date)
  const fields = correct.error instanceof ApiError ? correct.error.fields : {}
  const set = (changed: Partial<CorrectionForm>) => setForm((now) => ({ ...now, ...changed }))
  const submit = async () => {
    const body = correctionOf(form, row, timeZone, mayApprove)
    const found = {
      ...(form.reason.trim() === '' && { reason: d('reasonMissing') }),
      ...(!body && { form: d('nothingChanged') }),
    }
    setProblems(found)
    if (!body || found.reason) return
    try {
      await correct.mutateAsync(body)
      onDone()
    } catch {
      // Shown below.
    }
  }
  const isOther = newest.updated_at !== row.updated_at
  const range = { min: `${row.date}T00:00`, max: `${addDays(row.date, 1)}T23:59` }
  return (
    <form
      noValidate
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {isOther && (
        <div role="alert" className="flex flex-wrap items-center gap-3 rounded-xl bg-warn-soft px-4 py-3 text-warn">
          <span className="flex-1">{d('changedMeanwhile')}</span>
          <Button
            size="small"
            onClick={() => {
              setRow(newest)
              setForm((now) => ({ ...formOf(newest, mayApprove), reason: now.reason }))
              correct.reset()
            }}
          >
            {d('takeOver')}
          </Button>
        </div>
      )}
      <p className="text-soft">{d('correctHint')}</p>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          type="datetime-local"
          label={t('firstIn')}
          hint={d('emptyFirstIn')}
          value={form.firstIn}
          {...range}
          error={fields['first_in']}
          onChange={(event) => set({ firstIn: event.target.value })}
        />
        <TextField
          type="datetime-local"
          label={t('lastOut')}
          hint={d('emptyLastOut')}
          value={form.lastOut}
          {...range}
          error={fields['last_out']}
          onChange={(event) => set({ lastOut: event.target.value })}
        />
        <Select
          label={t('status')}
          value={form.status}
          error={fields['status']}
          onChange={(event) => set({ status: given.find((status) => status === event.target.value) ?? '' })}
        >
          <option value="">{d('byTheRules')}</option>
          {given.map((status) => (
            <option key={status} value={status}>
              {t(status)}
            </option>
          ))}
        </Select>
        <TextField
          label={t('remarks')}
          isOptional
          maxLength={500}
          value={form.remarks}
          error={fields['remarks']}
          onChange={(event) => set({ remarks: event.target.value })}
        />
      </div>
      <TextArea
        label={d('reason')}
        hint={d('reasonHint')}
        required
        rows={2}
        maxLength={500}
        value={form.reason}
        error={(form.reason.trim() === '' ? problems.reason : undefined) ?? fields['reason']}
        onChange={(event) => set({ reason: event.target.value })}
      />
      {mayApprove && (
        <Switch
          label={d('approveAtOnce')}
          hint={d('approveAtOnceHint')}
          checked={form.isApproved}
          onChange={(isApproved) => set({ isApproved })}
        />
      )}
      {(problems.form ?? correct.error) && (
        <p role="alert" className="text-bad">
          {problems.form ?? errorText(correct.error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>{common('cancel')}</Button>
        <Button type="submit" kind="primary" isBusy={correct.isPending}>
          {common('save')}
        </Button>
      </div>
    </form>
  )
}
