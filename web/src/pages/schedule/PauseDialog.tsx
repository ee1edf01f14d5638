import { useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { zonedTime } from '@/i18n/zoned.ts'
import { Button } from '@/ui/Button.tsx'
import { ChoiceGroup } from '@/ui/ChoiceGroup.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { endOfWork } from './hours.ts'
import { scheduleTexts } from './texts.ts'
import { type ScheduleState, useChange } from './useSchedule.ts'

export function PauseDialog({ state, onClose }: { state: ScheduleState; onClose: () => void }) {
  const t = useTexts(scheduleTexts)
  const common = useTexts(commonTexts)
  const { dayAndTime } = useTimes()
  const errorText = useErrorText()
  const formId = useId()
  const [length, setLength] = useState('30')
  const [remarks, setRemarks] = useState('')
  const end = endOfWork(state, state.time)
  const until = end ? zonedTime(end, state.time_zone) : ''
  const pause = useChange(
    () => answerOf(api.POST('/api/schedule/pause', { body: { ...lasting(length, until), remarks } })),
    () => {
      toast('good', t('paused'))
      onClose()
    },
  )
  const fields = pause.error instanceof ApiError ? pause.error.fields : {}
  const choices = [
    { value: '30', label: t('pause30') },
    { value: '60', label: t('pause60') },
    ...(until ? [{ value: 'day', label: t('pauseDay', { time: dayAndTime(until) }) }] : []),
    { value: 'open', label: t('pauseOpen') },
  ]
  return (
    <Dialog
      title={t('pause')}
      description={t('pauseHint')}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" isBusy={pause.isPending}>
            {t('pause')}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        onSubmit={(event) => {
          event.preventDefault()
          pause.mutate(undefined)
        }}
        className="flex flex-col gap-4"
      >
        <ChoiceGroup label={t('pause')} isLabelHidden value={length} choices={choices} onChange={setLength} />
        <TextField
          label={t('reason')}
          isOptional
          hint={t('reasonHint')}
          value={remarks}
          error={fields['remarks']}
          maxLength={500}
          onChange={(event) => setRemarks(event.target.value)}
        />
        {pause.error && !fields['remarks'] && (
          <p role="alert" className="text-bad">
            {errorText(pause.error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function lasting(length: string, until: string): { minutes?: number; until?: string } {
  if (length === 'open') return {}
  return length === 'day' ? { until } : { minutes: Number(length) }
}
