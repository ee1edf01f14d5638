import { useMutation, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { CircleCheck, CircleX, Plus } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import type { CameraTrial } from '@/api/types.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useCameras } from '@/live/cameras.ts'
import { Button } from '@/ui/Button.tsx'
import { TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { StepButtons } from './StepButtons.tsx'
import { welcomeTexts } from './texts.ts'

export function CameraStep({ onDone }: { onDone: () => void }) {
  const t = useTexts(welcomeTexts)
  const cameras = useCameras().data ?? []
  const [isAdding, setAdding] = useState(false)
  if (cameras.length === 0 || isAdding) return <AddCamera onDone={onDone} />
  return (
    <div className="flex flex-col gap-4">
      <p>{t('camerasThere', { count: cameras.length, names: cameras.map((camera) => camera.name).join(', ') })}</p>
      <StepButtons onSkip={onDone}>
        <Button icon={<Plus className="size-4" />} onClick={() => setAdding(true)}>
          {t('another')}
        </Button>
      </StepButtons>
    </div>
  )
}

type Kind = 'network' | 'webcam'

function AddCamera({ onDone }: { onDone: () => void }) {
  const t = useTexts(welcomeTexts)
  const errorText = useErrorText()
  const client = useQueryClient()
  const [kind, setKind] = useState<Kind>('network')
  const [address, setAddress] = useState('')
  const [name, setName] = useState('')
  const body = { rtsp_url: address.trim(), ...(name.trim() && { name: name.trim() }) }
  const trial = useMutation({ mutationFn: () => answerOf(api.POST('/api/cameras/test', { body })) })
  const add = useMutation({
    mutationFn: () => answerOf(api.POST('/api/cameras', { body: { ...body, enabled: true } })),
    onSuccess: async () => {
      toast('good', t('cameraAdded'))
      await client.invalidateQueries({ queryKey: ['cameras'] })
      onDone()
    },
  })
  const choose = (chosen: Kind) => {
    setKind(chosen)
    setAddress(chosen === 'webcam' ? '0' : '')
    trial.reset()
    add.reset()
  }
  const failure = add.error ?? trial.error
  const fields = failure instanceof ApiError ? failure.fields : {}
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        trial.mutate()
      }}
    >
      <p className="text-soft">{t('cameraHint')}</p>
      <KindChoice kind={kind} onChange={choose} />
      <TextField
        label={kind === 'webcam' ? t('webcamNumber') : t('address')}
        hint={kind === 'webcam' ? t('webcamNumberHint') : t('addressHint')}
        error={fields['rtsp_url'] ?? (failure && !fields['name'] ? errorText(failure) : undefined)}
        value={address}
        required
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        inputMode={kind === 'webcam' ? 'numeric' : 'url'}
        onChange={(event) => {
          setAddress(event.target.value)
          trial.reset()
        }}
      />
      <TextField
        label={t('cameraName')}
        hint={t('cameraNameHint')}
        error={fields['name']}
        isOptional
        value={name}
        maxLength={100}
        onChange={(event) => setName(event.target.value)}
      />
      {trial.isPending && <p role="status">{t('trying')}</p>}
      {trial.data && <Trial trial={trial.data} />}
      <StepButtons onSkip={onDone}>
        <Button type="submit" kind={trial.data?.ok ? 'plain' : 'primary'} isBusy={trial.isPending}>
          {t('tryCamera')}
        </Button>
        {trial.data && (
          <Button kind={trial.data.ok ? 'primary' : 'plain'} isBusy={add.isPending} onClick={() => add.mutate()}>
            {trial.data.ok ? t('addCamera') : t('addAnyway')}
          </Button>
        )}
      </StepButtons>
    </form>
  )
}

function KindChoice({ kind, onChange }: { kind: Kind; onChange: (kind: Kind) => void }) {
  const t = useTexts(welcomeTexts)
  const choices: [Kind, string, string][] = [
    ['network', t('kindNetwork'), t('kindNetworkHint')],
    ['webcam', t('kindWebcam'), t('kindWebcamHint')],
  ]
  return (
    <fieldset className="grid gap-3 sm:grid-cols-2">
      <legend className="mb-1.5 text-sm font-medium">{t('kind')}</legend>
      {choices.map(([value, label, hint]) => (
        <label
          key={value}
          className={clsx(
            'flex cursor-pointer gap-3 rounded-xl border p-4 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            kind === value ? 'border-accent bg-accent-soft/40' : 'border-line hover:bg-sunken',
          )}
        >
          <input
            type="radio"
            name="kind"
            value={value}
            checked={kind === value}
            onChange={() => onChange(value)}
            className="mt-1 accent-accent outline-none"
          />
          <span>
            <span className="block font-medium">{label}</span>
            <span className="block text-sm text-soft">{hint}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function Trial({ trial }: { trial: CameraTrial }) {
  const t = useTexts(welcomeTexts)
  const say = useServerText()
  const facts = [`${trial.width} × ${trial.height}`, trial.codec, trial.fps > 0 ? `${trial.fps.toFixed(1)} fps` : '']
  return (
    <div role="status" className="overflow-hidden rounded-xl border border-line">
      {trial.still && (
        <img src={trial.still} alt={t('trialPicture')} className="max-h-96 w-full bg-black object-contain" />
      )}
      <p className={clsx('flex items-start gap-2 p-3', trial.ok ? 'text-good' : 'text-bad')}>
        {trial.ok ? <CircleCheck className="size-5 shrink-0" /> : <CircleX className="size-5 shrink-0" />}
        <span>
          <span className="font-medium">{trial.ok ? t('trialWorks') : t('trialFailed')}</span>
          <span className="block text-sm">
            {trial.ok ? facts.filter(Boolean).join(' · ') : asSentence(say(trial.reason))}
          </span>
        </span>
      </p>
    </div>
  )
}
