import { clsx } from 'clsx'
import { MoveLeft, MoveRight } from 'lucide-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { useErrorText } from '@/ui/states.tsx'
import type { PhotoCheck, Pose } from './guidance.ts'
import { enrolTexts } from './texts.ts'
import type { Guidance } from './useCapture.ts'

/** A video element's ref that shows the stream. */
export function useStream(stream: MediaStream): RefObject<HTMLVideoElement | null> {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (!element) return
    element.srcObject = stream
    return () => {
      element.srcObject = null
    }
  }, [stream])
  return video
}

/** The text as it was for a while: what changes three times a second can't be read, nor read out. */
function useCalm<T>(value: T, milliseconds: number): T {
  const [shown, setShown] = useState(value)
  const since = useRef(0)
  useEffect(() => {
    if (value === shown) return
    const rest = Math.max(0, milliseconds - (performance.now() - since.current))
    const timer = setTimeout(() => {
      since.current = performance.now()
      setShown(value)
    }, rest)
    return () => clearTimeout(timer)
  }, [value, shown, milliseconds])
  return shown
}

interface WebcamViewProps {
  ref: RefObject<HTMLVideoElement | null>
  wanted: Pose | null
  guidance: Guidance
}

/** The picture as in a mirror, with the face's frame and what to do. */
export function WebcamView({ ref, wanted, guidance: { advice, check, problem } }: WebcamViewProps) {
  const t = useTexts(enrolTexts)
  const errorText = useErrorText()
  const calm = useCalm(wanted ? advice : null, 700)
  const ask = { front: t('askFront'), left: t('askLeft'), right: t('askRight') }
  const isGood = advice === 'good'
  return (
    <div className="overflow-hidden rounded-xl border border-line bg-black">
      <div className="relative">
        <video
          ref={ref}
          autoPlay
          muted
          playsInline
          aria-label={t('preview')}
          className="aspect-4/3 w-full -scale-x-100 object-contain"
        />
        {wanted && <FaceFrame check={check} isGood={isGood} />}
        {wanted === 'left' && <Arrow side="left" />}
        {wanted === 'right' && <Arrow side="right" />}
      </div>
      <div className="min-h-20 bg-card px-4 py-3">
        {wanted && <p className="text-sm text-soft">{ask[wanted]}</p>}
        <p
          role="status"
          className={clsx('text-lg font-semibold', isGood ? 'text-good' : 'text-ink')}
          data-advice={wanted ? advice : 'done'}
        >
          {calm && t(calm)}
        </p>
        {wanted && problem !== null && (
          <p role="alert" className="text-bad">
            {errorText(problem)}
          </p>
        )}
      </div>
    </div>
  )
}

/** In a mirror the person's own left is at the left. */
function Arrow({ side }: { side: 'left' | 'right' }) {
  const Icon = side === 'left' ? MoveLeft : MoveRight
  return (
    <span
      aria-hidden
      className={clsx(
        'absolute top-1/2 grid size-12 -translate-y-1/2 animate-pulse place-items-center rounded-full bg-black/50 text-white',
        side === 'left' ? 'left-3' : 'right-3',
      )}
    >
      <Icon className="size-7" />
    </span>
  )
}

/** Around the face the server saw, on the mirrored picture that stands in a 4 : 3 box. */
function FaceFrame({ check, isGood }: { check: PhotoCheck | null; isGood: boolean }) {
  if (!check?.face) return null
  const box = { width: 4, height: 3 }
  const scale = Math.min(box.width / check.width, box.height / check.height)
  const room = {
    x: (box.width - check.width * scale) / 2,
    y: (box.height - check.height * scale) / 2,
  }
  const { x, y, width, height } = check.face
  const percent = (part: number, whole: number) => `${(part / whole) * 100}%`
  return (
    <span
      aria-hidden
      className={clsx('absolute rounded-[40%] border-3', isGood ? 'border-[#5bd38a]' : 'border-white/80')}
      style={{
        left: percent(room.x + (check.width - x - width) * scale, box.width),
        top: percent(room.y + y * scale, box.height),
        width: percent(width * scale, box.width),
        height: percent(height * scale, box.height),
      }}
    />
  )
}
