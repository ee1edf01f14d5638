import { expect, it } from 'vitest'
import type { Presence } from '@/live/events.ts'
import { shownPeople } from './people.ts'

const somebody = (name: string, status: Presence['status'], department = ''): Presence => ({
  ...{ id: name, employee_id: `E-${name}`, name, department, status, last_seen: null },
  camera: status === 'AVAILABLE' ? { id: 'CAM1', name: 'Front door' } : null,
})
const people = [
  somebody('Zoë Wibowo', 'AVAILABLE', 'Gudang'),
  somebody('Ana', 'UNAVAILABLE'),
  somebody('José Putra', 'AVAILABLE'),
]
const names = (found: Presence[]) => found.map((person) => person.name)

it('has who is there first, then goes by name', () => {
  expect(names(shownPeople(people, 'all', ''))).toEqual(['José Putra', 'Zoë Wibowo', 'Ana'])
})

it('finds by parts of name, code, department and camera, whatever the accents', () => {
  expect(names(shownPeople(people, 'all', 'jose'))).toEqual(['José Putra'])
  expect(names(shownPeople(people, 'all', 'ZOE gud'))).toEqual(['Zoë Wibowo'])
  expect(names(shownPeople(people, 'all', 'e-ana'))).toEqual(['Ana'])
  expect(names(shownPeople(people, 'all', 'front put'))).toEqual(['José Putra'])
  expect(shownPeople(people, 'UNAVAILABLE', 'jose')).toEqual([])
})
