import { clsx } from 'clsx'
import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import type { Camera } from '@/api/types.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { onFrame, onStreamProblem, streamProblem } from '@/live/streams.ts'
import { kindOf } from './boxes.ts'
import { FramePainter } from './FramePainter.ts'
import { liveTexts } from './texts.ts'

const patience = 4000 // ms without a frame until still pictures are fetched
const stillEvery = 2000

/** Who is in view, told to the tile when it changes. */
export interface InView {
  names: readonly string[]
  unsure: number
  unknown: number
}

export const nobody: InView = { names: [], unsure: 0, unknown: 0 }

interface CameraPictureProps {
  camera: Camera
  onInView: (inView: InView) => void
}

/** The moving picture; still ones where the live channel gives none; why there is none where the camera gives none. */
export function CameraPicture({ camera, onInView }: CameraPictureProps) {
  const t = useTexts(liveTexts)
  const say = useServerText()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [isMoving, setMoving] = useState(false)
  const tell = useRef(onInView)
  useEffect(() => {
    tell.current = onInView
  })
  const isOnline = camera.status === 'ONLINE'
  const unknown = t('boxUnknown')
  const unsure = t('boxUnsure')
  useEffect(() => {
    const element = canvas.current
    if (!element || !isOnline) return
    const painter = new FramePainter(element, { unknown, unsure })
    let told = ''
    let timer = setTimeout(() => setMoving(false), patience)
    const end = onFrame(camera.id, (frame) => {
      painter.offer(frame)
      setMoving(true)
      clearTimeout(timer)
      timer = setTimeout(() => setMoving(false), patience)
      const inView = {
        names: [...new Set(frame.boxes.filter((box) => kindOf(box) === 'known').map((box) => box.label))].sort(),
        unsure: frame.boxes.filter((box) => kindOf(box) === 'unsure').length,
        unknown: frame.boxes.filter((box) => kindOf(box) === 'unknown').length,
      }
      const words = JSON.stringify(inView)
      if (words !== told) tell.current(inView)
      told = words
    })
    return () => {
      end()
      clearTimeout(timer)
      painter.end()
      setMoving(false)
      tell.current(nobody)
    }
  }, [camera.id, isOnline, unknown, unsure])
  return (
    <>
      <div
        role="img"
        aria-label={t('picture', { camera: camera.name })}
        className={clsx('absolute inset-0', !(isMoving && isOnline) && 'invisible')}
      >
        <canvas ref={canvas} className="size-full" />
      </div>
      {isOnline && !isMoving && <Still camera={camera} />}
      {!isOnline && (
        <p className="absolute inset-0 grid place-items-center overflow-y-auto p-6 text-center text-white/80">
          {asSentence(say(camera.reason)) || t('connecting')}
        </p>
      )}
    </>
  )
}

/** Nothing for a moment, since a frame is usually there at once; then a new still picture every two seconds. */
function Still({ camera }: { camera: Camera }) {
  const t = useTexts(liveTexts)
  const say = useServerText()
  const isConnected = useLive().connection === 'connected'
  const problem = useSyncExternalStore(onStreamProblem, () => streamProblem(camera.id))
  const [count, setCount] = useState(0)
  const [isBroken, setBroken] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => setCount((before) => before + 1), stillEvery)
    return () => clearInterval(timer)
  }, [])
  const isWanted = count > 0 || !isConnected || problem !== undefined
  if (!isWanted || isBroken)
    return (
      <p className="absolute inset-0 grid place-items-center p-6 text-center text-white/80">
        {isBroken && problem ? asSentence(say(problem)) : t('waitingForPicture')}
      </p>
    )
  return (
    <>
      <img
        src={`${camera.snapshot_url}?t=${count}`}
        alt={t('picture', { camera: camera.name })}
        onError={() => setBroken(true)}
        className="absolute inset-0 size-full object-contain"
      />
      <p
        title={t('snapshotsHint')}
        className="absolute right-2 bottom-2 rounded-full bg-black/60 px-2.5 py-0.5 text-xs font-medium text-white"
      >
        {t('snapshots')}
      </p>
    </>
  )
}
