import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { toast } from '@/ui/toasts.ts'
import { userTexts } from './texts.ts'
import type { User } from './useAccounts.ts'

interface UserConfirmProps {
  user: User
  onClose: () => void
  onDone: () => void
}

export function DeactivateUser({ user, onClose, onDone }: UserConfirmProps) {
  const t = useTexts(userTexts)
  const name = user.display_name || user.name
  const act = async () => {
    await answerOf(api.PUT('/api/users/{id}', { params: { path: { id: user.id } }, body: { active: false } }))
    toast('good', t('deactivated', { name }))
    onDone()
  }
  return (
    <ConfirmDialog
      isDangerous
      title={t('deactivateTitle', { name })}
      description={t('deactivateHint')}
      confirm={t('deactivate')}
      onConfirm={act}
      onClose={onClose}
    />
  )
}

export function RemoveUser({ user, onClose, onDone }: UserConfirmProps) {
  const t = useTexts(userTexts)
  const name = user.display_name || user.name
  const act = async () => {
    await answerOf(api.DELETE('/api/users/{id}', { params: { path: { id: user.id } } }))
    toast('good', t('removed', { name }))
    onDone()
  }
  return (
    <ConfirmDialog
      isDangerous
      title={t('removeTitle', { name })}
      description={t('removeHint')}
      confirm={t('remove')}
      onConfirm={act}
      onClose={onClose}
    />
  )
}
