import { clsx } from 'clsx'
import { Eye, EyeOff, Pause, Play } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { zonedTime } from '@/i18n/zoned.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { hoursOf, nextChange } from './hours.ts'
import { PauseDialog } from './PauseDialog.tsx'
import { scheduleTexts } from './texts.ts'
import { type ScheduleState, useChange } from './useSchedule.ts'

/** What holds at this moment, in words, and the way to pause it. */
export function NowCard({ state }: { state: ScheduleState }) {
  const t = useTexts(scheduleTexts)
  const { may } = useSession()
  const [isPausing, setPausing] = useState(false)
  const Icon = state.tracking_active ? Eye : EyeOff
  return (
    <Card
      title={t('now')}
      actions={
        may('schedule:write') &&
        (state.is_paused ? (
          <Resume />
        ) : (
          <Button icon={<Pause className="size-4" />} onClick={() => setPausing(true)}>
            {t('pause')}
          </Button>
        ))
      }
    >
      <div className="flex items-start gap-4">
        <span
          aria-hidden
          className={clsx(
            'grid size-12 shrink-0 place-items-center rounded-full',
            state.tracking_active ? 'bg-good-soft text-good' : 'bg-warn-soft text-warn',
          )}
        >
          <Icon className="size-6" />
        </span>
        <div role="status" className="min-w-0">
          <p className="text-lg font-semibold">{state.tracking_active ? t('watching') : t('resting')}</p>
          <Reasons state={state} />
          <p className="mt-1 text-sm text-soft">{state.tracking_active ? t('watchingHint') : t('restingHint')}</p>
        </div>
      </div>
      {isPausing && <PauseDialog state={state} onClose={() => setPausing(false)} />}
    </Card>
  )
}

function Reasons({ state }: { state: ScheduleState }) {
  const t = useTexts(scheduleTexts)
  const { dayAndTime } = useTimes()
  const by = state.changed_by || t('by')
  const paused = state.is_paused
    ? state.pause_until
      ? [t('pausedUntil', { time: dayAndTime(state.pause_until), by })]
      : [t('pausedOpen', { by })]
    : []
  if (state.mode === 'MANUAL')
    return <p>{[...paused, state.manual_tracking ? t('manualOn') : t('manualOff')].join(' ')}</p>
  const next = nextChange(state, state.time)
  const hours = state.in_lunch_break
    ? t('inLunch', { end: hoursOf(state.lunch_break ?? '').end })
    : t(state.in_work_hours ? 'inHours' : 'outside', { hours: state.work_hours })
  const ahead = next ? [t('nextAt', { time: dayAndTime(zonedTime(next, state.time_zone)) })] : []
  return <p>{[...paused, hours, ...ahead].join(' ')}</p>
}

function Resume() {
  const t = useTexts(scheduleTexts)
  const errorText = useErrorText()
  const resume = useChange(
    () => answerOf(api.POST('/api/schedule/pause', { body: { paused: false } })),
    () => toast('good', t('resumed')),
  )
  return (
    <Button
      kind="primary"
      icon={<Play className="size-4" />}
      isBusy={resume.isPending}
      onClick={() => resume.mutate(undefined, { onError: (error) => toast('bad', errorText(error)) })}
    >
      {t('resume')}
    </Button>
  )
}
