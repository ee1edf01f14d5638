import { useId } from 'react'
import type { Employee } from '@/api/types.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useCameras } from '@/live/cameras.ts'
import { CheckList } from '@/ui/CheckList.tsx'
import { TextField } from '@/ui/Field.tsx'
import { userTexts } from './texts.ts'
import type { Role } from './useAccounts.ts'
import { personText, type UserForm } from './userForm.ts'

interface UserFieldsProps {
  isNew: boolean
  form: UserForm
  fields: Readonly<Record<string, string>>
  roles: readonly Role[]
  employees: readonly Employee[]
  onChange: (values: Partial<UserForm>) => void
}

export function UserFields({ isNew, form, fields, roles, employees, onChange }: UserFieldsProps) {
  const t = useTexts(userTexts)
  const say = useServerText()
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        {isNew && (
          <TextField
            label={t('signInName')}
            hint={t('signInHint')}
            value={form.name}
            error={fields['name']}
            required
            maxLength={64}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        )}
        <TextField
          label={t('displayName')}
          isOptional
          value={form.displayName}
          error={fields['display_name']}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onChange({ displayName: event.target.value })}
        />
      </div>
      <CheckList
        label={t('rolesLabel')}
        error={fields['roles']}
        values={form.roles}
        choices={roles.map(({ name, description }) => ({
          value: name,
          label: name,
          hint: asSentence(say(description)),
        }))}
        onChange={(chosen) => onChange({ roles: chosen })}
      />
      <PersonField form={form} fields={fields} employees={employees} onChange={onChange} />
      <Narrowing form={form} fields={fields} employees={employees} onChange={onChange} />
    </>
  )
}

type PartProps = Pick<UserFieldsProps, 'form' | 'fields' | 'employees' | 'onChange'>

function PersonField({ form, fields, employees, onChange }: PartProps) {
  const t = useTexts(userTexts)
  const list = useId()
  return (
    <>
      <TextField
        label={t('person')}
        isOptional
        hint={t('personHint')}
        value={form.person}
        error={fields['person_id']}
        list={list}
        autoComplete="off"
        onChange={(event) => onChange({ person: event.target.value })}
      />
      <datalist id={list}>
        {employees.map((employee) => (
          <option key={employee.id} value={personText(employee)} />
        ))}
      </datalist>
    </>
  )
}

function Narrowing({ form, fields, employees, onChange }: PartProps) {
  const t = useTexts(userTexts)
  const cameras = useCameras().data ?? []
  const ids = [...new Set([...cameras.map(({ id }) => id), ...form.cameras])]
  const nameOf = (id: string) => cameras.find((camera) => camera.id === id)?.name ?? id
  const departments = [...new Set([...employees.map(({ department }) => department), ...form.departments])]
    .filter(Boolean)
    .sort()
  return (
    <details
      open={form.cameras.length + form.departments.length > 0 || undefined}
      className="rounded-xl border border-line"
    >
      <summary className="cursor-pointer rounded-xl px-4 py-3 font-medium">{t('narrowing')}</summary>
      <div className="flex flex-col gap-5 border-t border-line p-4">
        <CheckList
          isDense
          label={t('cameras')}
          hint={t('camerasHint')}
          error={fields['cameras']}
          values={form.cameras}
          choices={ids.map((id) => ({ value: id, label: nameOf(id) }))}
          onChange={(chosen) => onChange({ cameras: chosen })}
        />
        <CheckList
          isDense
          label={t('departments')}
          hint={t('departmentsHint')}
          error={fields['departments']}
          values={form.departments}
          choices={departments.map((department) => ({ value: department, label: department }))}
          onChange={(chosen) => onChange({ departments: chosen })}
        />
      </div>
    </details>
  )
}
