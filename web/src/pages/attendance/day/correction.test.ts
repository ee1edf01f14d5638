import { expect, it } from 'vitest'
import type { AttendanceRow } from '../status.ts'
import { correctionOf, formOf } from './correction.ts'

const row: AttendanceRow = {
  employee_id: 'E1',
  name: 'Siti',
  department: '',
  date: '2026-01-05',
  status: 'LATE',
  entry_type: 'AUTO',
  first_in: '2026-01-05T08:25:10.190+07:00',
  first_in_camera: 'Door',
  first_in_confidence: 0.9,
  first_in_source: 'auto',
  first_in_picture: null,
  last_out: null,
  last_out_camera: null,
  last_out_confidence: null,
  last_out_source: null,
  last_out_picture: null,
  duration_minutes: null,
  remarks: '',
  approved_by: null,
  approved_at: null,
  updated_at: '2026-01-05T08:25:11.000+07:00',
}

const send = (changed: object, mayApprove = false) =>
  correctionOf({ ...formOf(row, mayApprove), reason: ' forgot ', ...changed }, row, 'Asia/Jakarta', mayApprove)

it('sends what was changed and nothing else', () => {
  expect(send({ lastOut: '2026-01-05T17:02' })).toEqual({
    last_out: '2026-01-05T17:02:00+07:00',
    reason: 'forgot',
    updated_at: row.updated_at,
  })
  expect(send({ firstIn: '' })).toMatchObject({ first_in: null })
  expect(send({ status: 'ON_LEAVE', remarks: 'at the doctor’s' })).toEqual({
    status: 'ON_LEAVE',
    remarks: 'at the doctor’s',
    reason: 'forgot',
    updated_at: row.updated_at,
  })
})

it('sends nothing where nothing was changed', () => {
  expect(send({})).toBeNull()
  expect(send({ remarks: '  ' })).toBeNull()
})

it('asks for approval only for those who may approve', () => {
  expect(send({ remarks: 'x' }, true)).toMatchObject({ approve: true })
  expect(send({ remarks: 'x', isApproved: false }, true)).toMatchObject({ approve: false })
  expect(send({ remarks: 'x' })).not.toHaveProperty('approve')
})
