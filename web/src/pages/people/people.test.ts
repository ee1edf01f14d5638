import { expect, it } from 'vitest'
import { personAddress } from './people.ts'

it('addresses people by their code, or by their id where the code has signs of its own', () => {
  expect(personAddress({ employee_id: 'D-001.b', id: 'u1' })).toBe('/people/D-001.b')
  expect(personAddress({ employee_id: 'D0/2', id: 'u1' })).toBe('/people/u1')
  expect(personAddress({ employee_id: '..', id: 'u1' })).toBe('/people/u1')
})
