import { type SubmitEvent, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { PasswordField } from './PasswordField.tsx'
import { useSession } from './session.ts'
import { shellTexts } from './texts.ts'

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const t = useTexts(shellTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const { renew } = useSession()
  const formId = useId()
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const [oldPassword, newPassword, repeat] = ['old', 'new', 'repeat'].map((name) => form.get(name))
    if (typeof oldPassword !== 'string' || typeof newPassword !== 'string') return
    if (newPassword !== repeat) {
      setProblems({ repeat: t('differ') })
      return
    }
    setBusy(true)
    try {
      const body = { old_password: oldPassword, new_password: newPassword }
      const answer = await answerOf(api.POST('/api/auth/password', { body }))
      if ('csrf_token' in answer) renew(answer)
      toast('good', t('passwordChanged'))
      onClose()
    } catch (error) {
      const fields = error instanceof ApiError ? error.fields : {}
      setProblems({
        old_password: fields['old_password'] ?? (fields['new_password'] ? '' : errorText(error)),
        ...fields,
      })
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('changePassword')}
      description={t('changePasswordHint')}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" isBusy={isBusy}>
            {t('changePassword')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <PasswordField
          label={t('oldPassword')}
          name="old"
          autoComplete="current-password"
          required
          error={problems['old_password']}
        />
        <PasswordField
          label={t('newPassword')}
          hint={t('passwordRule')}
          name="new"
          autoComplete="new-password"
          required
          error={problems['new_password']}
        />
        <PasswordField
          label={t('repeat')}
          name="repeat"
          autoComplete="new-password"
          required
          error={problems['repeat']}
        />
      </form>
    </Dialog>
  )
}
