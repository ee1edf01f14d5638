import type { Employee, Schema } from '@/api/types.ts'

type EmployeeFields = Schema<'EmployeeFields'>

/** All fields of the form. */
export const fieldNames = [
  'name',
  'employee_id',
  'department',
  'role',
  'email',
  'phone',
  'type',
  'person_status',
  'id_number',
  'id_type',
  'organization',
] as const

/**
 * Of somebody who is there only what was changed, so that two who edit the same person don't undo each other's work;
 * of somebody new what was filled in.
 */
export function fieldsOf(form: FormData, person: Employee | undefined): EmployeeFields {
  const fields: Record<string, string> = {}
  for (const name of fieldNames) {
    const value = form.get(name)
    if (typeof value !== 'string') continue
    const text = value.trim()
    if (person ? text !== person[name] : text !== '' || name === 'name') fields[name] = text
  }
  return fields
}
