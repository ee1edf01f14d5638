import { describe, expect, it } from 'vitest'
import type { Detection, InitialData, Presence } from './events.ts'
import { emptyState, presentCount, withDetection, withInitialData, withPeople, withStatusUpdate } from './state.ts'

const camera = { id: 'CAM1', name: 'Door' }
const person = { id: 'p1', employee_id: 'E1', name: 'Ana', department: 'Demo' }
const presence = (status: Presence['status'], last_seen: string | null): Presence => ({
  ...person,
  status,
  last_seen,
  camera: last_seen === null ? null : camera,
})
const initial = (employees: Presence[]): InitialData => ({
  time: '2026-01-05T08:00:00.000+07:00',
  time_zone: 'Asia/Jakarta',
  site_name: 'Kantor Pusat',
  cameras: [],
  employees,
  summary: { present: 0, total: employees.length },
})

describe('what is known about now', () => {
  it('runs by the server’s clock', () => {
    const state = withInitialData(emptyState, initial([]), Date.parse('2026-01-05T00:59:50Z'))
    expect(state).toMatchObject({ clockOffset: 10_000, timeZone: 'Asia/Jakarta', connection: 'connected' })
  })

  it('follows who comes and goes', () => {
    let state = withInitialData(emptyState, initial([presence('UNAVAILABLE', null)]), 0)
    const update = { ...person, camera, last_seen: '2026-01-05T08:00:05.000+07:00' }
    state = withStatusUpdate(state, { ...update, event: 'ENTER', status: 'AVAILABLE' })
    expect(presentCount(state.people.values())).toBe(1)
    state = withStatusUpdate(state, { ...update, event: 'EXIT', status: 'UNAVAILABLE' })
    expect(presentCount(state.people.values())).toBe(0)
    expect(state.people.get('p1')?.camera).toEqual(camera)
  })

  it('moves the last sighting forward and never back', () => {
    const seen = (time: string): Detection => ({ ...person, camera, time, confidence: 0.9 })
    let state = withInitialData(emptyState, initial([presence('AVAILABLE', '2026-01-05T08:00:00.000+07:00')]), 0)
    state = withDetection(state, seen('2026-01-05T08:01:00.000+07:00'))
    expect(state.people.get('p1')).toMatchObject({ status: 'AVAILABLE', last_seen: '2026-01-05T08:01:00.000+07:00' })
    expect(withDetection(state, seen('2026-01-05T08:00:30.000+07:00'))).toBe(state)
  })
})

it('takes over who was added and erased, and keeps what is newer', () => {
  const employee = (id: string, last_seen: string | null): Presence => ({ ...presence('UNAVAILABLE', last_seen), id })
  const before = withInitialData(emptyState, initial([presence('AVAILABLE', '2026-01-05T08:00:00.000+07:00')]), 0)
  const { people } = withPeople(before, [employee('p1', '2026-01-05T07:00:00.000+07:00'), employee('p2', null)])
  expect([...people.values()].map(({ id, status }) => [id, status])).toEqual([
    ['p1', 'AVAILABLE'],
    ['p2', 'UNAVAILABLE'],
  ])
  expect(withPeople(before, []).people.size).toBe(0)
})
