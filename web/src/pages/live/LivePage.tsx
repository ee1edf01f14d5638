import { Cctv, LayoutGrid } from 'lucide-react'
import { clsx } from 'clsx'
import { useEffect } from 'react'
import { useSearchParams } from 'react-router'
import type { Camera } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useCameras } from '@/live/cameras.ts'
import { watchCameras } from '@/live/streams.ts'
import { GuideBanner } from '@/pages/welcome/GuideBanner.tsx'
import { useSession } from '@/shell/session.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { EmptyState, ErrorState, Skeleton } from '@/ui/states.tsx'
import { CameraTile } from './CameraTile.tsx'
import { Legend } from './Legend.tsx'
import { PeoplePanel } from './PeoplePanel.tsx'
import { Summary } from './Summary.tsx'
import { liveTexts } from './texts.ts'

/** /live shows all cameras, /live?camera=CAM1 one. */
export default function LivePage() {
  const t = useTexts(liveTexts)
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const chosen = params.get('camera')
  const choose = (camera: string | null) => {
    setParams(camera === null ? {} : { camera })
    document.getElementById('content')?.scrollIntoView()
  }
  return (
    <>
      <PageHeader title={t('title')} />
      <GuideBanner />
      <Summary />
      <div className="grid items-start gap-5 xl:grid-cols-[minmax(0,1fr)_24rem]">
        {may('cameras:read') && <Cameras chosen={chosen} onChoose={choose} />}
        {may('persons:read') && <PeoplePanel onTrack={choose} />}
      </div>
    </>
  )
}

interface CamerasProps {
  chosen: string | null
  onChoose: (camera: string | null) => void
}

function Cameras({ chosen, onChoose }: CamerasProps) {
  const t = useTexts(liveTexts)
  const { data: cameras, error, refetch } = useCameras()
  const alone = cameras?.find((camera) => camera.id === chosen)
  useWatched(cameras, alone)
  if (error && !cameras) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!cameras) return <Skeleton className="aspect-video w-full rounded-2xl" />
  if (cameras.length === 0)
    return (
      <EmptyState icon={<Cctv className="size-6" />} title={t('noCameras')}>
        {t('noCamerasHint')}
      </EmptyState>
    )
  return (
    <section aria-label={t('cameras')} className="flex min-w-0 flex-col gap-4">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <Chooser cameras={cameras} chosen={alone?.id ?? null} onChoose={onChoose} />
        <Legend />
      </div>
      {alone ? (
        <CameraTile key={alone.id} camera={alone} isAlone />
      ) : (
        <div
          className={clsx(
            'grid gap-4',
            cameras.length > 1 && 'md:grid-cols-2',
            cameras.length > 6 && '2xl:grid-cols-3',
          )}
        >
          {cameras.map((camera) => (
            <CameraTile key={camera.id} camera={camera} isAlone={false} onChoose={() => onChoose(camera.id)} />
          ))}
        </div>
      )}
    </section>
  )
}

/** Streams what is shown while it is shown. */
function useWatched(cameras: readonly Camera[] | undefined, alone: Camera | undefined): void {
  const shown = alone ? [alone] : (cameras ?? [])
  const ids = shown
    .filter((camera) => camera.enabled)
    .map((camera) => camera.id)
    .join(' ')
  const isAlone = alone !== undefined
  useEffect(() => {
    watchCameras({ cameras: ids.split(' ').filter(Boolean), isAlone })
  }, [ids, isAlone])
  useEffect(() => () => watchCameras({ cameras: [], isAlone: false }), [])
}

function Chooser({ cameras, chosen, onChoose }: CamerasProps & { cameras: readonly Camera[] }) {
  const t = useTexts(liveTexts)
  const look = (isChosen: boolean) =>
    clsx(
      'flex min-h-9 items-center gap-2 rounded-lg px-3 text-sm font-medium whitespace-nowrap',
      isChosen ? 'bg-accent-soft text-accent-strong' : 'text-soft hover:bg-sunken hover:text-ink',
    )
  return (
    <div role="group" aria-label={t('chooseCamera')} className="-mx-1 flex max-w-full gap-1 overflow-x-auto p-1">
      <button
        type="button"
        aria-pressed={chosen === null}
        className={look(chosen === null)}
        onClick={() => onChoose(null)}
      >
        <LayoutGrid className="size-4" aria-hidden />
        {t('allCameras')}
      </button>
      {cameras.map((camera) => (
        <button
          key={camera.id}
          type="button"
          aria-pressed={chosen === camera.id}
          className={look(chosen === camera.id)}
          onClick={() => onChoose(camera.id)}
        >
          <span
            aria-hidden
            className={clsx(
              'size-2 rounded-full',
              camera.status === 'ONLINE' ? 'bg-good' : camera.enabled ? 'bg-bad' : 'bg-line-strong',
            )}
          />
          {camera.name}
        </button>
      ))}
    </div>
  )
}
