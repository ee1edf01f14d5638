import { clsx } from 'clsx'
import { CircleCheck, CircleX, ImageUp, RotateCw } from 'lucide-react'
import { useState } from 'react'
import type { Employee } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { IconButton } from '@/ui/Button.tsx'
import { DropZone } from '@/ui/DropZone.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { QualityBar } from '../QualityBar.tsx'
import { peopleTexts } from '../texts.ts'
import { usePictureAddress } from './PoseProgress.tsx'
import { RefusalText } from './RefusalText.tsx'
import { enrolTexts } from './texts.ts'
import { type Upload, useUploads } from './uploads.ts'

export function PhotoUpload({ person, onEnrolled }: { person: Employee; onEnrolled: () => void }) {
  const t = useTexts(enrolTexts)
  const { uploads, add, retry } = useUploads(person.id, onEnrolled)
  const count = (...states: Upload['state']['is'][]) =>
    uploads.filter((upload) => states.includes(upload.state.is)).length
  const isDone = uploads.length > 0 && count('waiting', 'sending') === 0
  return (
    <div className="flex flex-col gap-4">
      <DropZone
        icon={ImageUp}
        title={t('drop')}
        hint={t('dropHint')}
        accept="image/jpeg,image/png,image/webp,image/bmp"
        isMany
        onFiles={add}
      />
      <p role="status" className={isDone ? 'font-medium' : 'sr-only'}>
        {isDone && t('summary', { taken: count('taken'), refused: count('refused', 'tooLarge', 'failed') })}
      </p>
      {uploads.length > 0 && (
        <ul aria-label={t('results')} className="flex flex-col gap-2">
          {uploads.map((upload) => (
            <Row key={upload.id} upload={upload} onRetry={() => retry(upload.id)} />
          ))}
        </ul>
      )}
    </div>
  )
}

function Row({ upload, onRetry }: { upload: Upload; onRetry: () => void }) {
  const t = useTexts(enrolTexts)
  const address = usePictureAddress(upload.file)
  const [isBroken, setBroken] = useState(false)
  const { is } = upload.state
  const isBad = is === 'refused' || is === 'tooLarge' || is === 'failed'
  return (
    <li className={clsx('flex items-center gap-3 rounded-xl border p-2', isBad ? 'border-bad/40' : 'border-line')}>
      {address && !isBroken ? (
        <img
          src={address}
          alt=""
          onError={() => setBroken(true)}
          className="size-14 shrink-0 rounded-lg object-cover"
        />
      ) : (
        <span className="size-14 shrink-0 rounded-lg bg-sunken" />
      )}
      <div className="min-w-0 flex-1">
        <p className="truncate text-sm text-soft" title={upload.file.name}>
          {upload.file.name}
        </p>
        <State upload={upload} />
      </div>
      {is === 'taken' && <CircleCheck className="mr-2 size-6 shrink-0 text-good" aria-hidden />}
      {(is === 'refused' || is === 'tooLarge') && <CircleX className="mr-2 size-6 shrink-0 text-bad" aria-hidden />}
      {is === 'failed' && (
        <IconButton label={t('tryAgain', { name: upload.file.name })} onClick={onRetry}>
          <RotateCw className="size-4" aria-hidden />
        </IconButton>
      )}
    </li>
  )
}

function State({ upload: { state } }: { upload: Upload }) {
  const t = useTexts(enrolTexts)
  const people = useTexts(peopleTexts)
  const errorText = useErrorText()
  switch (state.is) {
    case 'waiting':
      return <p>{t('waitingTurn')}</p>
    case 'sending': {
      const percent = Math.round(state.part * 100)
      return (
        <>
          <p>{percent < 100 ? t('sending', { percent }) : t('checking')}</p>
          <progress className="h-1.5 w-full accent-accent" max={100} value={percent < 100 ? percent : undefined} />
        </>
      )
    }
    case 'taken':
      return (
        <>
          <p className="font-medium text-good">
            {t('wasTaken')} · {people(state.template.pose || 'anyPose')}
          </p>
          <QualityBar quality={state.template.quality} />
        </>
      )
    case 'refused':
      return (
        <>
          <p className="font-medium text-bad">{t('wasRefused')}</p>
          <RefusalText refusal={state.refusal} />
        </>
      )
    case 'tooLarge':
      return <p className="text-bad">{t('tooLarge')}</p>
    case 'failed':
      return <p className="text-bad">{errorText(state.error)}</p>
  }
}
