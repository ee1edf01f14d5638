import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { CheckList } from '@/ui/CheckList.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { permissionChoices } from './permissions.ts'
import { userTexts } from './texts.ts'
import type { Role } from './useAccounts.ts'

interface RoleDialogProps {
  known?: Role
  /** Names that a new role would replace. */
  taken: readonly string[]
  onClose: () => void
  onSaved: () => void
}

export function RoleDialog({ known, taken, onClose, onSaved }: RoleDialogProps) {
  const t = useTexts(userTexts)
  const common = useTexts(commonTexts)
  const language = useLanguage()
  const errorText = useErrorText()
  const formId = useId()
  const [name, setName] = useState(known?.name ?? '')
  const [description, setDescription] = useState(known?.description ?? '')
  const [permissions, setPermissions] = useState<string[]>(known?.permissions ?? [])
  const [nameProblem, setNameProblem] = useState('')
  const save = useMutation({
    mutationFn: () =>
      answerOf(
        api.PUT('/api/roles/{name}', {
          params: { path: { name: name.trim() } },
          body: { description: description.trim(), permissions },
        }),
      ),
    onSuccess: () => {
      toast('good', t('saved', { name: name.trim() }))
      onSaved()
      onClose()
    },
  })
  const fields = save.error instanceof ApiError ? save.error.fields : {}
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const problem = name.trim() === '' ? common('required') : taken.includes(name.trim()) ? t('roleTaken') : ''
    setNameProblem(problem)
    if (!problem) save.mutate()
  }
  return (
    <Dialog
      title={known ? t('roleTitle', { name: known.name }) : t('addRole')}
      description={known && t('replacesRole')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" isBusy={save.isPending}>
            {common('save')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {!known && (
          <TextField
            label={t('roleName')}
            hint={t('roleNameHint')}
            value={name}
            error={nameProblem || fields['name']}
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            onChange={(event) => setName(event.target.value)}
          />
        )}
        <TextField
          label={t('description')}
          isOptional
          value={description}
          error={fields['description']}
          maxLength={200}
          onChange={(event) => setDescription(event.target.value)}
        />
        <CheckList
          label={t('permissions')}
          error={fields['permissions']}
          values={permissions}
          choices={permissionChoices(language)}
          onChange={setPermissions}
        />
        {save.error && Object.keys(fields).length === 0 && (
          <p role="alert" className="text-bad">
            {errorText(save.error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}
