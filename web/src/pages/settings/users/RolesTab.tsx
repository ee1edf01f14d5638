import { useQueryClient } from '@tanstack/react-query'
import { Plus, SquarePen, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { useLanguage } from '@/i18n/language.ts'
import { useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Button, IconButton } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { permissionMeaning } from './permissions.ts'
import { RoleDialog } from './RoleDialog.tsx'
import { userTexts } from './texts.ts'
import { type Role, rolesKey, useRoles, useUsers } from './useAccounts.ts'

type Open = { is: 'add' } | { is: 'edit' | 'remove'; role: Role }

export function RolesTab() {
  const t = useTexts(userTexts)
  const client = useQueryClient()
  const { data, error, refetch } = useRoles()
  const [open, setOpen] = useState<Open | null>(null)
  const close = () => setOpen(null)
  const changed = () => void client.invalidateQueries({ queryKey: rolesKey })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows />
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <p className="text-soft">{t('rolesHint')}</p>
        <Button kind="primary" icon={<Plus className="size-4" />} onClick={() => setOpen({ is: 'add' })}>
          {t('addRole')}
        </Button>
      </div>
      <ul className="grid items-start gap-4 lg:grid-cols-2">
        {data.map((role) => (
          <li key={role.name}>
            <RoleCard role={role} onOpen={(is) => setOpen({ is, role })} />
          </li>
        ))}
      </ul>
      {open?.is === 'add' && <RoleDialog taken={data.map(({ name }) => name)} onClose={close} onSaved={changed} />}
      {open?.is === 'edit' && <RoleDialog known={open.role} taken={[]} onClose={close} onSaved={changed} />}
      {open?.is === 'remove' && (
        <ConfirmDialog
          isDangerous
          title={`${t('removeRole', { name: open.role.name })}?`}
          description={t('removeRoleHint')}
          confirm={t('remove')}
          onConfirm={async () => {
            await answerOf(api.DELETE('/api/roles/{name}', { params: { path: { name: open.role.name } } }))
            toast('good', t('removed', { name: open.role.name }))
            changed()
          }}
          onClose={close}
        />
      )}
    </>
  )
}

function RoleCard({ role, onOpen }: { role: Role; onOpen: (is: 'edit' | 'remove') => void }) {
  const t = useTexts(userTexts)
  const language = useLanguage()
  const say = useServerText()
  const { data: users } = useUsers()
  const count = users?.filter((user) => user.roles.includes(role.name)).length
  return (
    <Card
      title={
        <span className="flex flex-wrap items-center gap-2">
          {role.name}
          {role.built_in && <Badge>{t('builtIn')}</Badge>}
          {count !== undefined && <span className="text-sm font-normal text-soft">{t('roleUsers', { count })}</span>}
        </span>
      }
      actions={
        !role.built_in && (
          <span className="-my-2 flex">
            <IconButton label={t('editRole', { name: role.name })} onClick={() => onOpen('edit')}>
              <SquarePen className="size-4" />
            </IconButton>
            <IconButton label={t('removeRole', { name: role.name })} onClick={() => onOpen('remove')}>
              <Trash2 className="size-4" />
            </IconButton>
          </span>
        )
      }
    >
      {role.description && <p className="mb-2 text-soft first-letter:uppercase">{say(role.description)}</p>}
      <ul aria-label={t('permissions')} className="list-disc pl-5 text-sm">
        {role.permissions.map((permission) => (
          <li key={permission}>{permissionMeaning(permission, language)}</li>
        ))}
      </ul>
    </Card>
  )
}
