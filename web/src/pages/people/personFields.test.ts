import { expect, it } from 'vitest'
import type { Employee } from '@/api/types.ts'
import { fieldsOf } from './personFields.ts'

const siti: Employee = {
  employee_id: 'D001',
  id: 'id-1',
  name: 'Siti',
  department: 'Plant',
  role: 'Fitter',
  email: '',
  phone: '',
  type: 'employee',
  person_status: 'active',
  id_number: '',
  id_type: '',
  organization: '',
  templates: 1,
  status: 'UNAVAILABLE',
  last_seen: null,
  camera: null,
}

function form(values: Record<string, string>): FormData {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.set(name, value)
  return data
}

it('sends only what was changed', () => {
  const typed = form({ name: ' Siti ', department: 'Office', role: '', email: '', type: 'employee' })
  expect(fieldsOf(typed, siti)).toEqual({ department: 'Office', role: '' })
})

it('sends of somebody new what was filled in, and the name in any case', () => {
  expect(fieldsOf(form({ name: '', employee_id: '', phone: '08', type: 'visitor' }), undefined)).toEqual({
    name: '',
    phone: '08',
    type: 'visitor',
  })
})
