import type { Employee, Schema } from '@/api/types.ts'
import type { User } from './useAccounts.ts'

/** What stands in the form of a user. */
export interface UserForm {
  name: string
  displayName: string
  roles: readonly string[]
  cameras: readonly string[]
  departments: readonly string[]
  /** "E001 · Ana": as the list of suggestions has it. */
  person: string
}

export const personText = ({ employee_id: code, name }: Pick<Employee, 'employee_id' | 'name'>): string =>
  `${code} · ${name}`

export function formOf(user: User | undefined, employees: readonly Employee[]): UserForm {
  const person = employees.find((employee) => employee.id === user?.person_id)
  return {
    name: user?.name ?? '',
    displayName: user?.display_name ?? '',
    roles: user?.roles ?? ['viewer'],
    cameras: user?.cameras ?? [],
    departments: user?.departments ?? [],
    person: person ? personText(person) : '',
  }
}

/** Whom a text means: a suggestion, a code, or a name that one person alone has. Nothing: nobody. */
export function personOf(text: string, employees: readonly Employee[]): Employee | undefined {
  const wanted = text.trim().toLowerCase()
  const exact = employees.find(
    (employee) => personText(employee).toLowerCase() === wanted || employee.employee_id.toLowerCase() === wanted,
  )
  if (exact) return exact
  const named = employees.filter((employee) => employee.name.toLowerCase() === wanted)
  return named.length === 1 ? named[0] : undefined
}

/** What is asked of the server; undefined where the person is nobody. */
export function inputOf(
  form: UserForm,
  user: User | undefined,
  employees: readonly Employee[],
): Schema<'UserFields'> | undefined {
  const person = form.person.trim() === '' ? null : personOf(form.person, employees)
  if (person === undefined) return undefined
  const input: Schema<'UserFields'> = {
    display_name: form.displayName.trim(),
    roles: [...form.roles],
    cameras: [...form.cameras],
    departments: [...form.departments],
  }
  if (!user) input.name = form.name.trim()
  // Somebody whom this page can't show stays as they are.
  const wasUnknown = user?.person_id && !employees.some((employee) => employee.id === user.person_id)
  if (person) input.person_id = person.id
  else if (user?.person_id && !wasUnknown) input.person_id = null
  return input
}
