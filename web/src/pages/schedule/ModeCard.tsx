import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Card } from '@/ui/Card.tsx'
import { ChoiceGroup } from '@/ui/ChoiceGroup.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { scheduleTexts } from './texts.ts'
import { type ScheduleState, useChange } from './useSchedule.ts'

const bodies = {
  auto: { mode: 'AUTO' },
  watch: { mode: 'MANUAL', tracking: true },
  rest: { mode: 'MANUAL', tracking: false },
} as const
type Mode = keyof typeof bodies

function modeOf(state: ScheduleState): Mode {
  if (state.mode === 'AUTO') return 'auto'
  return state.manual_tracking ? 'watch' : 'rest'
}

export function ModeCard({ state }: { state: ScheduleState }) {
  const t = useTexts(scheduleTexts)
  const errorText = useErrorText()
  const change = useChange(
    (mode: Mode) => answerOf(api.POST('/api/schedule/mode', { body: { tracking: true, ...bodies[mode] } })),
    () => toast('good', t('modeChanged')),
  )
  return (
    <Card title={t('mode')}>
      <ChoiceGroup
        label={t('mode')}
        isLabelHidden
        value={change.isPending ? change.variables : modeOf(state)}
        disabled={change.isPending}
        choices={[
          { value: 'auto', label: t('auto'), hint: t('autoHint') },
          { value: 'watch', label: t('manualWatch'), hint: t('manualWatchHint') },
          { value: 'rest', label: t('manualRest'), hint: t('manualRestHint') },
        ]}
        onChange={(mode) => change.mutate(mode as Mode, { onError: (error) => toast('bad', errorText(error)) })}
      />
    </Card>
  )
}
