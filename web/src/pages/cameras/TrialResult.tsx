import { CircleCheck, CircleX, LoaderCircle } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useErrorText } from '@/ui/states.tsx'
import { cameraTexts } from './texts.ts'
import type { useTrial } from './trial.ts'

/** What came of a test: the still, or the reason why there is none. */
export function TrialResult({ state }: { state: ReturnType<typeof useTrial>['state'] }) {
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (state.is !== 'idle') ref.current?.scrollIntoView({ block: 'nearest' })
  }, [state])
  return (
    <div ref={ref} aria-live="polite" className="empty:hidden">
      {state.is !== 'idle' && <Outcome state={state} />}
    </div>
  )
}

function Outcome({ state }: { state: ReturnType<typeof useTrial>['state'] }) {
  const t = useTexts(cameraTexts)
  const errorText = useErrorText()
  if (state.is === 'running')
    return (
      <p className="flex items-center gap-2 rounded-lg bg-sunken px-3 py-2.5">
        <LoaderCircle className="size-5 shrink-0 animate-spin text-accent" aria-hidden />
        {t('testing')}
      </p>
    )
  if (state.is === 'failed') return <Bad reason={errorText(state.error)} />
  if (state.is !== 'done') return null
  const { trial } = state
  if (!trial.ok || !trial.still) return <Bad reason={trial.reason} />
  const size = trial.width > 0 ? `${trial.width} × ${trial.height}` : ''
  const rate = trial.fps > 0 ? t('perSecond', { rate: trial.fps }) : ''
  return (
    <figure className="flex flex-col gap-2">
      <figcaption className="flex flex-wrap items-center gap-x-2 rounded-lg bg-good-soft px-3 py-2.5">
        <CircleCheck className="size-5 shrink-0 text-good" aria-hidden />
        <span className="font-medium text-good">{t('testGood')}</span>
        <span className="text-sm">{[size, trial.codec, rate].filter(Boolean).join(' · ')}</span>
      </figcaption>
      <img src={trial.still} alt={t('testStill')} className="w-full rounded-lg bg-[#0b1110] object-contain" />
    </figure>
  )
}

function Bad({ reason }: { reason: string }) {
  const t = useTexts(cameraTexts)
  const say = useServerText()
  return (
    <p className="flex items-start gap-2 rounded-lg bg-bad-soft px-3 py-2.5 text-bad">
      <CircleX className="mt-0.5 size-5 shrink-0" aria-hidden />
      <span className="min-w-0 break-words">
        {t('testBad')} {say(reason)}
      </span>
    </p>
  )
}
