import { clsx } from 'clsx'
import { Check, RotateCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { IconButton } from '@/ui/Button.tsx'
import { QualityBar } from '../QualityBar.tsx'
import { type Pose, poses } from './guidance.ts'
import { enrolTexts } from './texts.ts'
import type { Capture } from './useCapture.ts'

/** An address for a picture in memory, given back when it is no longer shown. */
export function usePictureAddress(picture: Blob): string {
  const [address, setAddress] = useState('')
  useEffect(() => {
    const made = URL.createObjectURL(picture)
    // Made and given back together; it has no other use than to be shown.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [picture])
  return address
}

interface PoseProgressProps {
  captures: Partial<Record<Pose, Capture>>
  wanted: Pose | null
  onAgain?: (pose: Pose) => void
}

export function PoseProgress({ captures, wanted, onAgain }: PoseProgressProps) {
  const t = useTexts(enrolTexts)
  return (
    <ol aria-label={t('progress')} className="flex flex-col gap-2">
      {poses.map((pose, index) => {
        const capture = captures[pose]
        return (
          <li
            key={pose}
            aria-current={pose === wanted ? 'step' : undefined}
            className={clsx(
              'flex min-h-16 items-center gap-3 rounded-xl border p-2 pr-1',
              pose === wanted ? 'border-accent bg-accent-soft' : 'border-line',
            )}
          >
            {capture ? <Thumbnail capture={capture} /> : <Number number={index + 1} />}
            <div className="min-w-0 flex-1">
              <p className="flex items-center gap-1.5 font-medium">
                {t(pose)}
                {capture && (
                  <>
                    <Check className="size-4 text-good" aria-hidden />
                    <span role="status" className="sr-only">
                      {t('taken', { pose: t(pose) })}
                    </span>
                  </>
                )}
              </p>
              {capture && <QualityBar quality={capture.quality} />}
            </div>
            {capture && onAgain && (
              <IconButton label={t('again', { pose: t(pose) })} onClick={() => onAgain(pose)}>
                <RotateCw className="size-4" aria-hidden />
              </IconButton>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function Number({ number }: { number: number }) {
  return (
    <span aria-hidden className="grid size-12 shrink-0 place-items-center rounded-lg bg-sunken font-semibold text-soft">
      {number}
    </span>
  )
}

function Thumbnail({ capture }: { capture: Capture }) {
  const t = useTexts(enrolTexts)
  const address = usePictureAddress(capture.picture)
  if (!address) return <span className="size-12 shrink-0 rounded-lg bg-sunken" />
  return (
    <img
      src={address}
      alt={t('takenPicture', { pose: t(capture.pose) })}
      className="size-12 shrink-0 -scale-x-100 rounded-lg object-cover"
    />
  )
}
