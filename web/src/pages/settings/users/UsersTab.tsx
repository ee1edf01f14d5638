import { useQueryClient } from '@tanstack/react-query'
import { UserPlus, UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { Table } from '@/ui/Table.tsx'
import { InviteLink } from './InviteLink.tsx'
import { userTexts } from './texts.ts'
import { type User, usersKey, useUsers } from './useAccounts.ts'
import { DeactivateUser, RemoveUser } from './UserConfirm.tsx'
import { useUserColumns } from './userColumns.tsx'
import { UserDialog } from './UserDialog.tsx'

export type UserAction = 'edit' | 'link' | 'deactivate' | 'remove'
type Open = { is: 'add' } | { is: UserAction; user: User } | { is: 'invited'; user: User }

export function UsersTab() {
  const t = useTexts(userTexts)
  const client = useQueryClient()
  const { data, error, refetch } = useUsers()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const changed = () => void client.invalidateQueries({ queryKey: usersKey })
  const columns = useUserColumns((is, user) => setOpen({ is, user }), changed)
  return (
    <Card
      title={t('hint')}
      isFlush
      actions={
        <Button kind="primary" icon={<UserPlus className="size-4" />} onClick={() => setOpen({ is: 'add' })}>
          {t('add')}
        </Button>
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows />
      ) : (
        <Table
          label={t('hint')}
          columns={columns}
          rows={data}
          rowKey={(user) => user.id}
          empty={<EmptyState icon={<UsersRound className="size-6" />} title={t('hint')} />}
        />
      )}
      {open?.is === 'add' && (
        <UserDialog
          onClose={close}
          onSaved={(user) => {
            changed()
            setOpen({ is: 'invited', user })
          }}
        />
      )}
      {open?.is === 'edit' && (
        <UserDialog
          known={open.user}
          onClose={close}
          onSaved={() => {
            changed()
            close()
          }}
        />
      )}
      {(open?.is === 'link' || open?.is === 'invited') && (
        <InviteLink key={open.user.id} user={open.user} isAtOnce={open.is === 'invited'} onClose={close} />
      )}
      {open?.is === 'deactivate' && <DeactivateUser user={open.user} onClose={close} onDone={changed} />}
      {open?.is === 'remove' && <RemoveUser user={open.user} onClose={close} onDone={changed} />}
    </Card>
  )
}
