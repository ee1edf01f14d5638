import { expect, it } from 'vitest'
import { alertExport, alertQuery, readAlertFilters, writeAlertFilters } from './filters.ts'

const read = (text: string) => readAlertFilters(new URLSearchParams(text))

it('comes back from the address as it was', () => {
  for (const text of ['', 'range=week&state=open', 'from=2026-01-05&to=2026-01-09&employee=E1&state=resolved'])
    expect(new URLSearchParams(writeAlertFilters(read(text))).toString()).toBe(text)
  expect(read('state=perhaps&range=ever')).toMatchObject({ state: '', range: 'today' })
})

it('asks for what is shown', () => {
  expect(alertQuery(read(''), undefined)).toEqual({})
  expect(alertQuery(read('range=yesterday'), undefined)).toBeNull()
  expect(alertQuery(read('range=yesterday&state=open'), '2026-01-01')).toEqual({
    date_from: '2025-12-31',
    date_to: '2025-12-31',
    unresolved: true,
  })
  expect(alertExport({ date_from: '2026-01-05', date_to: '2026-01-09', resolved: true })).toBe(
    '/api/report/alerts?date_from=2026-01-05&date_to=2026-01-09&resolved=true&format=csv',
  )
})
