import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import type { Employee } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { ErrorState, SkeletonRows, useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { userTexts } from './texts.ts'
import { type Role, type User, useEmployees, useRoles } from './useAccounts.ts'
import { UserFields } from './UserFields.tsx'
import { formOf, inputOf, type UserForm } from './userForm.ts'

interface UserDialogProps {
  /** A new one without. */
  known?: User
  onClose: () => void
  onSaved: (user: User) => void
}

export function UserDialog(props: UserDialogProps) {
  const t = useTexts(userTexts)
  const roles = useRoles()
  const employees = useEmployees()
  const { known, onClose } = props
  if (roles.data && employees.data) return <Form {...props} roles={roles.data} employees={employees.data} />
  const error = roles.error ?? employees.error
  return (
    <Dialog title={known ? t('editTitle', { name: known.name }) : t('addTitle')} onClose={onClose}>
      {error ? (
        <ErrorState error={error} onRetry={() => void Promise.all([roles.refetch(), employees.refetch()])} />
      ) : (
        <SkeletonRows count={3} />
      )}
    </Dialog>
  )
}

interface FormProps extends UserDialogProps {
  roles: Role[]
  employees: Employee[]
}

function Form({ known, roles, employees, onClose, onSaved }: FormProps) {
  const t = useTexts(userTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const formId = useId()
  const [form, setForm] = useState(() => formOf(known, employees))
  const [isNobody, setNobody] = useState(false)
  const save = useMutation({
    mutationFn: (input: NonNullable<ReturnType<typeof inputOf>>) => {
      if (known) return answerOf(api.PUT('/api/users/{id}', { params: { path: { id: known.id } }, body: input }))
      return answerOf(api.POST('/api/users', { body: { ...input, name: input.name ?? '' } }))
    },
    onSuccess: (user) => {
      if (known) toast('good', t('saved', { name: user.name }))
      onSaved(user)
    },
  })
  const fields = save.error instanceof ApiError ? save.error.fields : {}
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const input = inputOf(form, known, employees)
    setNobody(!input)
    if (input) save.mutate(input)
  }
  const problems = isNobody ? { ...fields, person_id: t('personUnknown') } : fields
  return (
    <Dialog
      title={known ? t('editTitle', { name: known.name }) : t('addTitle')}
      description={known ? t('editHint') : t('addHint')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" isBusy={save.isPending}>
            {known ? common('save') : t('add')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <UserFields
          isNew={!known}
          form={form}
          fields={problems}
          roles={roles}
          employees={employees}
          onChange={(values: Partial<UserForm>) => setForm((before) => ({ ...before, ...values }))}
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
