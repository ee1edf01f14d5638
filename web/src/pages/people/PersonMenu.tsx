import { useQueryClient } from '@tanstack/react-query'
import { Archive, ArchiveRestore, EllipsisVertical, Pencil, ScanFace, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Employee } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button, IconButton } from '@/ui/Button.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { Menu, MenuItem, MenuSeparator } from '@/ui/Menu.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { ErasePerson } from './ErasePerson.tsx'
import { renewPeople } from './people.ts'
import { PersonForm } from './PersonForm.tsx'
import { peopleTexts } from './texts.ts'

interface PersonActionsProps {
  person: Employee
  onErased?: () => void
  onSaved?: (person: Employee) => void
}

interface Action {
  key: string
  label: string
  icon: ReactNode
  isDangerous?: boolean
  run: () => void
}

/** What can be done with somebody, and the dialogs that ask for the rest. */
function usePersonActions({ person, onErased, onSaved }: PersonActionsProps): {
  actions: Action[]
  dialogs: ReactNode
} {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const client = useQueryClient()
  const [shown, setShown] = useState<'edit' | 'archive' | 'erase' | null>(null)
  const close = () => setShown(null)
  const setStatus = async (status: 'active' | 'archived') => {
    const body = { person_status: status }
    await answerOf(api.PUT('/api/employees/{id}', { params: { path: { id: person.id } }, body }))
    toast('good', t(status === 'active' ? 'restored' : 'archivedNow', { name: person.name }))
    await renewPeople(client)
  }
  const restore = () => setStatus('active').catch((error: unknown) => toast('bad', common('failed'), errorText(error)))
  const icon = 'size-4'
  const actions: Action[] = [
    { key: 'edit', label: common('edit'), icon: <Pencil className={icon} aria-hidden />, run: () => setShown('edit') },
    person.person_status === 'archived'
      ? {
          key: 'restore',
          label: t('restore'),
          icon: <ArchiveRestore className={icon} aria-hidden />,
          run: () => void restore(),
        }
      : {
          key: 'archive',
          label: t('archive'),
          icon: <Archive className={icon} aria-hidden />,
          run: () => setShown('archive'),
        },
    {
      key: 'erase',
      label: t('erase'),
      icon: <Trash2 className={icon} aria-hidden />,
      isDangerous: true,
      run: () => setShown('erase'),
    },
  ]
  const dialogs = (
    <>
      {shown === 'edit' && <PersonForm person={person} onClose={close} {...(onSaved && { onSaved })} />}
      {shown === 'archive' && (
        <ConfirmDialog
          title={t('archiveTitle', { name: person.name })}
          description={t('archiveHint')}
          confirm={t('archive')}
          onConfirm={() => setStatus('archived')}
          onClose={close}
        />
      )}
      {shown === 'erase' && <ErasePerson person={person} onClose={close} {...(onErased && { onErased })} />}
    </>
  )
  return { actions, dialogs }
}

/** As a menu, for a row of the list. */
export function PersonMenu({ person, onEnrol }: { person: Employee; onEnrol: () => void }) {
  const t = useTexts(peopleTexts)
  const { actions, dialogs } = usePersonActions({ person })
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('actions', { name: person.name })}>
            <EllipsisVertical className="size-5" aria-hidden />
          </IconButton>
        }
      >
        {person.person_status !== 'archived' && (
          <MenuItem icon={<ScanFace className="size-4" aria-hidden />} onSelect={onEnrol}>
            {t('enrol')}
          </MenuItem>
        )}
        <Items actions={actions} />
      </Menu>
      {dialogs}
    </>
  )
}

/** Where there is room: the first as a button, the others behind it. */
export function PersonButtons(props: PersonActionsProps) {
  const t = useTexts(peopleTexts)
  const { actions, dialogs } = usePersonActions(props)
  const [first, ...others] = actions
  return (
    <>
      {first && (
        <Button icon={first.icon} onClick={first.run}>
          {first.label}
        </Button>
      )}
      <Menu
        trigger={
          <IconButton label={t('actions', { name: props.person.name })} className="border border-line">
            <EllipsisVertical className="size-5" aria-hidden />
          </IconButton>
        }
      >
        <Items actions={others} />
      </Menu>
      {dialogs}
    </>
  )
}

function Items({ actions }: { actions: Action[] }) {
  return actions.map(({ key, label, icon, isDangerous = false, run }) => (
    <div key={key}>
      {isDangerous && <MenuSeparator />}
      <MenuItem icon={icon} isDangerous={isDangerous} onSelect={run}>
        {label}
      </MenuItem>
    </div>
  ))
}
