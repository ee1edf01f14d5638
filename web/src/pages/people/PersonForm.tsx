import { useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useEffect, useId, useRef, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import type { Employee, Schema } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Select, TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { useDepartments } from './Filters.tsx'
import { types } from './filters.ts'
import { renewPeople } from './people.ts'
import { fieldNames, fieldsOf } from './personFields.ts'
import { peopleTexts } from './texts.ts'

type EmployeeFields = Schema<'EmployeeFields'>
type Problems = Readonly<Record<string, string>>

interface PersonFormProps {
  /** Somebody to change; else somebody new. */
  person?: Employee
  onClose: () => void
  onSaved?: (person: Employee, wantsFace: boolean) => void
}

async function save(person: Employee | undefined, fields: EmployeeFields): Promise<Employee> {
  if (person) return answerOf(api.PUT('/api/employees/{id}', { params: { path: { id: person.id } }, body: fields }))
  return answerOf(api.POST('/api/employees', { body: { ...fields, name: fields.name ?? '' } }))
}

export function PersonForm({ person, onClose, onSaved }: PersonFormProps) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const client = useQueryClient()
  const id = useId()
  const form = useRef<HTMLFormElement>(null)
  const [problems, setProblems] = useState<Problems>({})
  const [busyWith, setBusyWith] = useState<'save' | 'enrol' | null>(null)
  // The first field that is wrong, for those who can't see the red one; at first the first one of all.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid], input')?.focus()
  }, [problems])
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const wantsFace = event.nativeEvent.submitter?.getAttribute('value') === 'enrol'
    const fields = fieldsOf(new FormData(event.currentTarget), person)
    if (fields.name === '') {
      setProblems({ name: t('nameMissing') })
      return
    }
    if (person && Object.keys(fields).length === 0) {
      onClose()
      return
    }
    setBusyWith(wantsFace ? 'enrol' : 'save')
    try {
      const saved = await save(person, fields)
      toast('good', t(person ? 'saved' : 'added', { name: saved.name }))
      onClose()
      onSaved?.(saved, wantsFace)
      await renewPeople(client)
    } catch (error) {
      setProblems(problemsOf(error, errorText(error)))
      setBusyWith(null)
    }
  }
  return (
    <Dialog
      title={person ? t('edit', { name: person.name }) : t('add')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={id} kind={person ? 'primary' : 'plain'} isBusy={busyWith === 'save'}>
            {person ? common('save') : common('add')}
          </Button>
          {!person && (
            <Button type="submit" form={id} value="enrol" kind="primary" isBusy={busyWith === 'enrol'}>
              {t('addAndEnrol')}
            </Button>
          )}
        </>
      }
    >
      <form
        ref={form}
        id={id}
        noValidate
        onSubmit={(event) => void submit(event)}
        className="grid gap-4 sm:grid-cols-2"
      >
        {problems[''] && (
          <p role="alert" className="rounded-lg bg-bad-soft p-3 text-bad sm:col-span-2">
            {problems['']}
          </p>
        )}
        <MainFields person={person} problems={problems} />
        <FurtherFields person={person} problems={problems} />
      </form>
    </Dialog>
  )
}

/** What is wrong with fields that stand here, at them; all else at the top. */
function problemsOf(error: unknown, text: string): Problems {
  const fields = error instanceof ApiError ? error.fields : {}
  const isHere = Object.keys(fields).some((name) => (fieldNames as readonly string[]).includes(name))
  return isHere ? fields : { '': text }
}

interface FieldsProps {
  person: Employee | undefined
  problems: Problems
}

function MainFields({ person, problems }: FieldsProps) {
  const t = useTexts(peopleTexts)
  const departments = useDepartments()
  const list = useId()
  const text = (name: 'name' | 'employee_id' | 'department' | 'role') => ({
    name,
    defaultValue: person?.[name] ?? '',
    error: problems[name],
    autoComplete: 'off',
  })
  return (
    <>
      <TextField {...text('name')} label={t('name')} required maxLength={200} className="sm:col-span-2" />
      <TextField
        {...text('employee_id')}
        label={t('code')}
        maxLength={64}
        {...(!person && { isOptional: true, hint: t('codeHint') })}
      />
      <Select label={t('type')} name="type" defaultValue={person?.type ?? 'employee'} error={problems['type']}>
        {types.map((type) => (
          <option key={type} value={type}>
            {t(type)}
          </option>
        ))}
      </Select>
      <TextField {...text('department')} label={t('department')} isOptional maxLength={100} list={list} />
      <datalist id={list}>
        {departments.map((department) => (
          <option key={department} value={department} />
        ))}
      </datalist>
      <TextField {...text('role')} label={t('role')} isOptional maxLength={100} />
      {person && (
        <Select
          label={t('status')}
          name="person_status"
          defaultValue={person.person_status}
          error={problems['person_status']}
        >
          {(['active', 'inactive', 'archived'] as const).map((status) => (
            <option key={status} value={status}>
              {t(status)}
            </option>
          ))}
        </Select>
      )}
    </>
  )
}

function FurtherFields({ person, problems }: FieldsProps) {
  const t = useTexts(peopleTexts)
  const text = (name: 'email' | 'phone' | 'organization' | 'id_type' | 'id_number') => ({
    name,
    defaultValue: person?.[name] ?? '',
    error: problems[name],
    autoComplete: 'off',
    isOptional: true,
  })
  return (
    <fieldset className="grid gap-4 border-t border-line pt-4 sm:col-span-2 sm:grid-cols-2">
      <legend className="sr-only">{t('furtherFields')}</legend>
      <TextField {...text('email')} label={t('email')} type="email" maxLength={254} />
      <TextField {...text('phone')} label={t('phone')} type="tel" maxLength={40} />
      <TextField
        {...text('organization')}
        label={t('organization')}
        hint={t('organizationHint')}
        maxLength={200}
        className="sm:col-span-2"
      />
      <TextField {...text('id_type')} label={t('idType')} hint={t('idTypeHint')} maxLength={50} />
      <TextField {...text('id_number')} label={t('idNumber')} maxLength={64} />
    </fieldset>
  )
}
