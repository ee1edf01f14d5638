import { type SubmitEvent, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { useTexts } from '@/i18n/texts.ts'
import { wallClock, zonedTime } from '@/i18n/zoned.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { HoursFields } from './HoursFields.tsx'
import { type HoursForm, formOf, isChanged, planOf } from './hoursForm.ts'
import { scheduleTexts } from './texts.ts'
import { type ScheduleState, useChange } from './useSchedule.ts'
import { WeekChart } from './WeekChart.tsx'

/** The hours: to be changed by those who may, and as a picture of the week. */
export function HoursCard({ state }: { state: ScheduleState }) {
  const t = useTexts(scheduleTexts)
  const { may } = useSession()
  // What was typed stays when the state is asked for again; without that the form follows the state.
  const [typed, setTyped] = useState<HoursForm | null>(null)
  const form = typed ?? formOf(state)
  const now = wallClock(Date.parse(state.time), state.time_zone)
  return (
    <Card title={t('hours')}>
      <div className="flex flex-col gap-6">
        <div>
          <WeekChart plan={planOf(form)} now={now} />
        </div>
        {may('schedule:write') && <Editor state={state} form={form} onChange={setTyped} now={now} />}
      </div>
    </Card>
  )
}

interface EditorProps {
  state: ScheduleState
  form: HoursForm
  /** By the site's clock. */
  now: string
  onChange: (form: HoursForm | null) => void
}

function Editor({ state, form, now, onChange }: EditorProps) {
  const t = useTexts(scheduleTexts)
  const errorText = useErrorText()
  const save = useChange(
    () => answerOf(api.POST('/api/schedule/save', { body: bodyOf(form, state.time_zone) })),
    () => {
      toast('good', t('saved'))
      onChange(null)
    },
  )
  const fields = save.error instanceof ApiError ? save.error.fields : {}
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate(undefined)
  }
  const canSave = isChanged(form, state) || form.from !== ''
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5 border-t border-line pt-5">
      <HoursFields form={form} fields={fields} now={now} onChange={(values) => onChange({ ...form, ...values })} />
      {save.error && Object.keys(fields).length === 0 && (
        <p role="alert" className="text-bad">
          {errorText(save.error)}
        </p>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" kind="primary" disabled={!canSave} isBusy={save.isPending}>
          {t('save')}
        </Button>
        {canSave && (
          <Button
            onClick={() => {
              save.reset()
              onChange(null)
            }}
          >
            {t('undo')}
          </Button>
        )}
        <p className="text-sm text-soft">{t('hoursHint')}</p>
      </div>
    </form>
  )
}

function bodyOf(form: HoursForm, timeZone: string) {
  const plan = planOf(form)
  const grace = Number(form.grace)
  return {
    work_hours: plan.work_hours,
    lunch_break: plan.lunch_break,
    working_days: [...plan.working_days],
    // What is no number goes as it is, so that the server says what is wrong with it.
    grace_minutes: form.grace.trim() === '' || Number.isNaN(grace) ? (form.grace as unknown as number) : grace,
    ...(form.from && { valid_from: zonedTime(form.from, timeZone) }),
    ...(form.remarks && { remarks: form.remarks }),
  }
}
