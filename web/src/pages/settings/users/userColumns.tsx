import { Ellipsis, KeyRound, LockOpen, SquarePen, Trash2, UserCheck, UserX } from 'lucide-react'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useSession } from '@/shell/session.ts'
import { Badge, StatusPill } from '@/ui/Badge.tsx'
import { IconButton } from '@/ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu.tsx'
import { useErrorText } from '@/ui/states.tsx'
import type { Column } from '@/ui/Table.tsx'
import { toast } from '@/ui/toasts.ts'
import { settingsTexts } from '../texts.ts'
import { userTexts } from './texts.ts'
import type { User } from './useAccounts.ts'
import type { UserAction } from './UsersTab.tsx'

type Open = (action: UserAction, user: User) => void

export function useUserColumns(onOpen: Open, onChanged: () => void): Column<User>[] {
  const t = useTexts(userTexts)
  const words = useTexts(settingsTexts)
  const { dayAndTime } = useTimes()
  const { session } = useSession()
  return [
    {
      key: 'name',
      header: t('name'),
      onPhone: 'title',
      sortBy: (user) => user.name,
      cell: (user) => (
        <div className="min-w-0">
          <p className="flex flex-wrap items-center gap-2 font-medium">
            {user.display_name || user.name}
            {user.id === session.user.id && <Badge tone="accent">{t('you')}</Badge>}
          </p>
          <p className="text-sm text-soft">{user.name}</p>
        </div>
      ),
    },
    { key: 'roles', header: t('rolesLabel'), cell: (user) => user.roles.join(', ') },
    {
      key: 'sees',
      header: t('sees'),
      cell: (user) => [...user.cameras, ...user.departments].join(', ') || t('everything'),
    },
    {
      key: 'login',
      header: t('lastLogin'),
      sortBy: (user) => user.last_login_at ?? '',
      cell: (user) => (user.last_login_at ? dayAndTime(user.last_login_at) : words('never')),
    },
    { key: 'state', header: t('state'), cell: (user) => <UserState user={user} /> },
    {
      key: 'actions',
      header: '',
      align: 'right',
      onPhone: 'corner',
      cell: (user) => <UserMenu user={user} onOpen={onOpen} onChanged={onChanged} />,
    },
  ]
}

function UserState({ user }: { user: User }) {
  const t = useTexts(userTexts)
  if (!user.active) return <StatusPill tone="bad">{t('inactive')}</StatusPill>
  if (!user.has_password) return <StatusPill tone="warn">{t('invited')}</StatusPill>
  return <StatusPill tone="good">{t('active')}</StatusPill>
}

function UserMenu({ user, onOpen, onChanged }: { user: User; onOpen: Open; onChanged: () => void }) {
  const t = useTexts(userTexts)
  const errorText = useErrorText()
  const { session } = useSession()
  const isMe = user.id === session.user.id
  const name = user.display_name || user.name
  const path = { params: { path: { id: user.id } } }
  const act = (asked: Promise<unknown>, said: string) =>
    void asked.then(
      () => {
        toast('good', said)
        onChanged()
      },
      (error: unknown) => toast('bad', errorText(error)),
    )
  return (
    <Menu
      trigger={
        <IconButton label={t('actionsOf', { name })}>
          <Ellipsis className="size-5" />
        </IconButton>
      }
    >
      <MenuItem icon={<SquarePen className="size-4" />} onSelect={() => onOpen('edit', user)}>
        {t('edit')}
      </MenuItem>
      <MenuItem icon={<KeyRound className="size-4" />} onSelect={() => onOpen('link', user)}>
        {user.has_password ? t('resetLink') : t('inviteAgain')}
      </MenuItem>
      <MenuItem
        icon={<LockOpen className="size-4" />}
        onSelect={() => act(answerOf(api.POST('/api/users/{id}/unlock', path)), t('unlocked', { name }))}
      >
        {t('unlock')}
      </MenuItem>
      {/* Nobody takes their own way in away. */}
      {!isMe && (
        <>
          <MenuSeparator />
          {user.active ? (
            <MenuItem icon={<UserX className="size-4" />} onSelect={() => onOpen('deactivate', user)}>
              {t('deactivate')}
            </MenuItem>
          ) : (
            <MenuItem
              icon={<UserCheck className="size-4" />}
              onSelect={() =>
                act(answerOf(api.PUT('/api/users/{id}', { ...path, body: { active: true } })), t('activated', { name }))
              }
            >
              {t('activate')}
            </MenuItem>
          )}
          <MenuItem isDangerous icon={<Trash2 className="size-4" />} onSelect={() => onOpen('remove', user)}>
            {t('remove')}
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
