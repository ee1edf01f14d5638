import { useMutation } from '@tanstack/react-query'
import { CirclePlay, Ellipsis, PlugZap, SquarePen, Trash2 } from 'lucide-react'
import { Link, useNavigate } from 'react-router'
import { answerOf, api } from '@/api/client.ts'
import type { Camera } from '@/api/types.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useSession } from '@/shell/session.ts'
import { type Tone, StatusPill } from '@/ui/Badge.tsx'
import { Button, IconButton, buttonLook } from '@/ui/Button.tsx'
import { Menu, MenuItem } from '@/ui/Menu.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { CameraStill } from './CameraStill.tsx'
import { cameraTexts } from './texts.ts'

interface CameraCardProps {
  camera: Camera
  onOpen: (dialog: 'edit' | 'test' | 'remove') => void
  onChanged: () => void
}

export function CameraCard({ camera, onOpen, onChanged }: CameraCardProps) {
  const t = useTexts(cameraTexts)
  const { may } = useSession()
  return (
    <li className="flex flex-col overflow-hidden rounded-2xl border border-line bg-card shadow-card">
      <CameraStill camera={camera} />
      <div className="flex flex-1 flex-col gap-3 p-4">
        <div className="flex items-start justify-between gap-3">
          <div className="min-w-0">
            <h2 className="truncate font-semibold">{camera.name}</h2>
            <p className="truncate text-sm text-soft">{[camera.id, camera.location].filter(Boolean).join(' · ')}</p>
          </div>
          <CameraState camera={camera} />
        </div>
        <Reason camera={camera} />
        <Figures camera={camera} />
        <div className="mt-auto flex flex-wrap items-center gap-2 border-t border-line pt-3">
          {may('cameras:write') && <OnSwitch camera={camera} onChanged={onChanged} />}
          <div className="ml-auto flex items-center gap-1.5">
            {may('cameras:write') ? (
              <Actions camera={camera} onOpen={onOpen} />
            ) : (
              <Link to={`/live?camera=${camera.id}`} className={buttonLook({ size: 'small' })}>
                {t('watch')}
              </Link>
            )}
          </div>
        </div>
      </div>
    </li>
  )
}

function Actions({ camera, onOpen }: Omit<CameraCardProps, 'onChanged'>) {
  const t = useTexts(cameraTexts)
  const navigate = useNavigate()
  return (
    <>
      <Button
        size="small"
        icon={<PlugZap className="size-4" />}
        aria-label={t('testOf', { camera: camera.name })}
        onClick={() => onOpen('test')}
      >
        {t('test')}
      </Button>
      <Button
        size="small"
        icon={<SquarePen className="size-4" />}
        aria-label={t('editOf', { camera: camera.name })}
        onClick={() => onOpen('edit')}
      >
        {t('edit')}
      </Button>
      <Menu
        trigger={
          <IconButton label={t('actionsOf', { camera: camera.name })} className="size-8">
            <Ellipsis className="size-4" />
          </IconButton>
        }
      >
        <MenuItem icon={<CirclePlay className="size-4" />} onSelect={() => void navigate(`/live?camera=${camera.id}`)}>
          {t('watch')}
        </MenuItem>
        <MenuItem isDangerous icon={<Trash2 className="size-4" />} onSelect={() => onOpen('remove')}>
          {t('remove')}
        </MenuItem>
      </Menu>
    </>
  )
}

function CameraState({ camera }: { camera: Camera }) {
  const t = useTexts(cameraTexts)
  const [tone, word]: [Tone, string] = !camera.enabled
    ? ['quiet', t('off')]
    : camera.status === 'ONLINE'
      ? ['good', t('online')]
      : camera.status === 'CONNECTING'
        ? ['warn', t('connecting')]
        : ['bad', t('offline')]
  return <StatusPill tone={tone}>{word}</StatusPill>
}

function Reason({ camera }: { camera: Camera }) {
  const t = useTexts(cameraTexts)
  const say = useServerText()
  const { dayAndTime } = useTimes()
  if (!camera.enabled) return <p className="text-sm text-soft">{t('offHint')}</p>
  const since = camera.since ? t('since', { time: dayAndTime(camera.since) }) : ''
  if (camera.reason)
    return (
      <p className="rounded-lg bg-bad-soft px-3 py-2 text-sm break-words text-bad">
        {asSentence(say(camera.reason))}
        {since && `, ${since}`}
      </p>
    )
  return since ? <p className="text-sm text-soft">{since}</p> : null
}

function Figures({ camera }: { camera: Camera }) {
  const t = useTexts(cameraTexts)
  if (!camera.enabled) return null
  const size = camera.width > 0 ? `${camera.width} × ${camera.height}` : ''
  const rows: [string, string][] = [
    [t('picture'), [size, camera.codec].filter(Boolean).join(', ')],
    [t('rate'), camera.fps > 0 ? t('perSecond', { rate: camera.fps }) : ''],
    [t('reconnects'), t('times', { count: camera.counters['reconnects'] ?? 0 })],
  ]
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
      {rows
        .filter(([, value]) => value)
        .map(([label, value]) => (
          <div key={label} className="contents">
            <dt className="text-soft">{label}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
    </dl>
  )
}

function OnSwitch({ camera, onChanged }: Pick<CameraCardProps, 'camera' | 'onChanged'>) {
  const t = useTexts(cameraTexts)
  const errorText = useErrorText()
  const change = useMutation({
    mutationFn: (enabled: boolean) =>
      answerOf(api.PUT('/api/cameras/{id}', { params: { path: { id: camera.id } }, body: { enabled } })),
    onSuccess: (after) =>
      toast(
        'good',
        after.enabled ? t('switchedOn', { camera: camera.name }) : t('switchedOff', { camera: camera.name }),
      ),
    onError: (error) => toast('bad', errorText(error)),
    onSettled: onChanged,
  })
  return (
    <div role="group" aria-label={camera.name} className="[&>div]:gap-2.5">
      <Switch
        label={t('enabled')}
        checked={change.isPending ? change.variables : camera.enabled}
        disabled={change.isPending}
        onChange={(enabled) => change.mutate(enabled)}
      />
    </div>
  )
}
