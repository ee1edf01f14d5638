import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Bell, CalendarClock, Camera, CameraOff, UserRoundX, Volume2, VolumeX } from 'lucide-react'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Notification } from '@/api/types.ts'
import { useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useCameraName } from '@/live/cameras.ts'
import { useLiveEvent } from '@/live/connection.ts'
import { Button, IconButton } from '@/ui/Button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { chime, isSoundOn, setSound } from './chime.ts'
import { shellTexts } from './texts.ts'

const key = ['notifications', 'bell']

const icons: Record<Notification['type'], typeof Bell> = {
  EMPLOYEE_LOST: UserRoundX,
  CAMERA_DOWN: CameraOff,
  CAMERA_UP: Camera,
  SCHEDULE_CHANGED: CalendarClock,
}

const tones = {
  EMPLOYEE_LOST: 'warn',
  CAMERA_DOWN: 'bad',
  CAMERA_UP: 'good',
  SCHEDULE_CHANGED: 'quiet',
} as const

interface Listed {
  notifications: Notification[]
  unread: number
  page: number
  page_size: number
  total: number
}

const markedRead = (list: Listed, id: string | null): Listed => ({
  ...list,
  unread: id === null ? 0 : Math.max(0, list.unread - 1),
  notifications: list.notifications.map((one) => (id === null || one.id === id ? { ...one, is_read: true } : one)),
})

/** Marks one (or, with null, all) as read at once, and takes it back when the server did not. */
function useMarkRead() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string | null): Promise<unknown> =>
      id === null
        ? answerOf(api.POST('/api/notifications/read_all'))
        : answerOf(api.POST('/api/notifications/{id}/read', { params: { path: { id } } })),
    onMutate: async (id) => {
      await client.cancelQueries({ queryKey: key })
      const before = client.getQueryData<Listed>(key)
      if (before) client.setQueryData(key, markedRead(before, id))
      return { before }
    },
    onError: (_error, _id, context) => client.setQueryData(key, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: ['notifications'] }),
  })
}

/** In the page's language, with the names of cameras: the server tells of them by their ids. */
function useMessage(): (notification: Notification) => string {
  const say = useServerText()
  const nameOf = useCameraName()
  return ({ message, camera_id: camera }) => {
    const said = say(message)
    return camera === null ? said : said.replace(camera, () => nameOf(camera))
  }
}

export function NotificationBell() {
  const t = useTexts(shellTexts)
  const messageOf = useMessage()
  const client = useQueryClient()
  const [hasSound, setHasSound] = useState(isSoundOn)
  const query = useQuery({
    queryKey: key,
    queryFn: () => answerOf(api.GET('/api/notifications', { params: { query: { page_size: 30 } } })),
  })
  const markRead = useMarkRead()
  useLiveEvent('notification', (notification) => {
    chime()
    toast(tones[notification.type], messageOf(notification))
    void client.invalidateQueries({ queryKey: ['notifications'] })
  })
  const unread = query.data?.unread ?? 0
  const label = unread > 0 ? t('unread', { count: unread }) : t('notifications')
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <IconButton label={label} className="relative">
          <Bell className="size-5" />
          {unread > 0 && (
            <span
              aria-hidden
              className="absolute top-1 right-0.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-bad px-1 text-[0.6875rem] leading-none font-bold text-card"
            >
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </IconButton>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t('notifications')}
          className="z-50 flex max-h-[min(34rem,80dvh)] w-[min(24rem,calc(100vw-1rem))] flex-col overflow-hidden rounded-2xl border border-line bg-card shadow-high"
        >
          <div className="flex items-center justify-between gap-2 border-b border-line py-2 pr-2 pl-4">
            <h2 className="font-semibold">{t('notifications')}</h2>
            <IconButton
              label={hasSound ? t('soundOn') : t('soundOff')}
              aria-pressed={hasSound}
              onClick={() => {
                setSound(!hasSound)
                setHasSound(!hasSound)
              }}
            >
              {hasSound ? <Volume2 className="size-5" /> : <VolumeX className="size-5" />}
            </IconButton>
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto">
            {query.isPending && <SkeletonRows count={3} />}
            {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
            {query.data && <List notifications={query.data.notifications} onRead={(id) => markRead.mutate(id)} />}
          </div>
          {unread > 0 && (
            <div className="border-t border-line p-2">
              <Button kind="quiet" className="w-full" onClick={() => markRead.mutate(null)}>
                {t('readAll')}
              </Button>
            </div>
          )}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function List({ notifications, onRead }: { notifications: Notification[]; onRead: (id: string) => void }) {
  const t = useTexts(shellTexts)
  const messageOf = useMessage()
  const times = useTimes()
  if (notifications.length === 0)
    return (
      <EmptyState icon={<Bell className="size-6" />} title={t('noNotifications')}>
        {t('noNotificationsHint')}
      </EmptyState>
    )
  return (
    <ul>
      {notifications.map((one) => {
        const Icon = icons[one.type]
        return (
          <li
            key={one.id}
            className={clsx(
              'flex gap-3 border-b border-line px-4 py-3 last:border-0',
              !one.is_read && 'bg-accent-soft/40',
            )}
          >
            <Icon className="mt-0.5 size-5 shrink-0 text-soft" aria-hidden />
            <div className="min-w-0 flex-1">
              <p className={clsx('break-words', !one.is_read && 'font-medium')}>{messageOf(one)}</p>
              <p className="text-sm text-soft">{times.dayAndTime(one.created_at)}</p>
            </div>
            {!one.is_read && (
              <IconButton label={t('markRead')} onClick={() => onRead(one.id)} className="-mr-2 size-8">
                <span className="size-2.5 rounded-full bg-accent" />
              </IconButton>
            )}
          </li>
        )
      })}
    </ul>
  )
}
