import { clsx } from 'clsx'
import { Maximize, Minimize } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { Camera } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { type Tone, StatusPill } from '@/ui/Badge.tsx'
import { CameraPicture, type InView, nobody } from './CameraPicture.tsx'
import { liveTexts } from './texts.ts'

interface CameraTileProps {
  camera: Camera
  /** Large, by itself. */
  isAlone: boolean
  /** Shows this camera alone; there is no such button where it is alone. */
  onChoose?: () => void
}

export function CameraTile({ camera, isAlone, onChoose }: CameraTileProps) {
  const t = useTexts(liveTexts)
  const frame = useRef<HTMLDivElement>(null)
  const isFull = useIsFullScreen(frame)
  const [inView, setInView] = useState<InView>(nobody)
  const toggleFull = () => void (isFull ? document.exitFullscreen() : frame.current?.requestFullscreen())
  const ratio = camera.width > 0 && camera.height > 0 ? camera.width / camera.height : 16 / 9
  return (
    <article
      aria-label={camera.name}
      className="flex flex-col overflow-hidden rounded-2xl border border-line bg-card shadow-card"
    >
      <div
        ref={frame}
        className={clsx('group relative overflow-hidden bg-[#0b1110]', isAlone ? 'max-h-[72dvh]' : 'aspect-video')}
        style={isAlone && !isFull ? { aspectRatio: ratio } : undefined}
      >
        <CameraPicture camera={camera} onInView={setInView} />
        {onChoose && (
          <button
            type="button"
            aria-label={t('show', { camera: camera.name })}
            onClick={onChoose}
            className="absolute inset-0 cursor-zoom-in focus-visible:-outline-offset-4"
          />
        )}
        <button
          type="button"
          aria-label={isFull ? t('leaveFullScreen') : t('fullScreen')}
          title={isFull ? t('leaveFullScreen') : t('fullScreen')}
          onClick={toggleFull}
          className="absolute top-2 right-2 grid size-9 place-items-center rounded-lg bg-black/55 text-white transition-opacity hover:bg-black/75 focus-visible:opacity-100 pointer-fine:opacity-0 pointer-fine:group-hover:opacity-100 pointer-fine:focus-visible:opacity-100"
        >
          {isFull ? <Minimize className="size-5" /> : <Maximize className="size-5" />}
        </button>
      </div>
      <div className="flex items-start justify-between gap-3 px-4 py-3">
        <div className="min-w-0">
          <h3 className="truncate font-semibold">{camera.name}</h3>
          <p className="truncate text-sm text-soft">{detailsOf(camera)}</p>
          <InViewLine inView={inView} isOnline={camera.status === 'ONLINE'} />
        </div>
        <CameraState camera={camera} />
      </div>
    </article>
  )
}

function detailsOf(camera: Camera): string {
  const size = camera.width > 0 ? `${camera.width} × ${camera.height}` : ''
  const rate = camera.status === 'ONLINE' && camera.fps > 0 ? `${camera.fps.toFixed(1)} fps` : ''
  return [camera.location, size, rate].filter(Boolean).join(' · ') || camera.id
}

function InViewLine({ inView, isOnline }: { inView: InView; isOnline: boolean }) {
  const t = useTexts(liveTexts)
  if (!isOnline) return null
  const unsure = inView.unsure > 0 ? [t('unsureInView', { count: inView.unsure })] : []
  const unknown = inView.unknown > 0 ? [t('unknownInView', { count: inView.unknown })] : []
  const names = [...inView.names, ...unsure, ...unknown].join(', ')
  return <p className="mt-0.5 truncate text-sm">{names ? t('inView', { names }) : t('nobodyInView')}</p>
}

function CameraState({ camera }: { camera: Camera }) {
  const t = useTexts(liveTexts)
  const isLost = useLive().connection === 'lost'
  if (isLost) return <StatusPill tone="bad">{t('stateLost')}</StatusPill>
  const [tone, word]: [Tone, string] =
    camera.status === 'ONLINE'
      ? ['good', t('stateLive')]
      : camera.status === 'CONNECTING'
        ? ['warn', t('stateConnecting')]
        : camera.enabled
          ? ['bad', t('stateOffline')]
          : ['quiet', t('stateOff')]
  return <StatusPill tone={tone}>{word}</StatusPill>
}

function useIsFullScreen(element: React.RefObject<HTMLElement | null>): boolean {
  const [isFull, setFull] = useState(false)
  useEffect(() => {
    const look = () => setFull(document.fullscreenElement !== null && document.fullscreenElement === element.current)
    document.addEventListener('fullscreenchange', look)
    return () => document.removeEventListener('fullscreenchange', look)
  }, [element])
  return isFull
}
