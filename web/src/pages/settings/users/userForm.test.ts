import { expect, it } from 'vitest'
import type { Employee } from '@/api/types.ts'
import type { User } from './useAccounts.ts'
import { formOf, inputOf, personOf } from './userForm.ts'

const employee = (id: string, code: string, name: string) => ({ id, employee_id: code, name }) as Employee
const people = [employee('1', 'E1', 'Ana'), employee('2', 'E2', 'Budi'), employee('3', 'E3', 'Budi')]
const user = {
  name: 'ana',
  display_name: '',
  roles: ['self'],
  cameras: [],
  departments: [],
  person_id: '1',
} as unknown as User

it('finds whom a text means, and nobody where it may be two', () => {
  expect(personOf('e1 · ana', people)?.id).toBe('1')
  expect(personOf(' E3 ', people)?.id).toBe('3')
  expect(personOf('ana', people)?.id).toBe('1')
  expect(personOf('Budi', people)).toBeUndefined()
})

it('asks for a new user by name, and for a known one without', () => {
  const added = inputOf({ ...formOf(undefined, people), name: ' vera ' }, undefined, people)
  expect(added).toEqual({ name: 'vera', display_name: '', roles: ['viewer'], cameras: [], departments: [] })
  expect(inputOf(formOf(user, people), user, people)).toMatchObject({ person_id: '1' })
  expect(inputOf(formOf(user, people), user, people)).not.toHaveProperty('name')
})

it('takes the person away only when the field was emptied', () => {
  expect(inputOf({ ...formOf(user, people), person: '' }, user, people)).toMatchObject({ person_id: null })
  expect(inputOf({ ...formOf(user, people), person: 'nobody' }, user, people)).toBeUndefined()
  expect(inputOf(formOf(user, []), user, [])).not.toHaveProperty('person_id')
})
