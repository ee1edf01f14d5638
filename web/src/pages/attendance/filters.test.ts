import { expect, it } from 'vitest'
import { daysAsked, exportAddress, readFilters, writeFilters } from './filters.ts'

const read = (text: string) => readFilters(new URLSearchParams(text))

it('comes back from the address as it was', () => {
  for (const text of [
    '',
    'range=yesterday',
    'from=2026-01-05&to=2026-01-09&department=Office&employee=E1&status=LATE%2CABSENT',
  ])
    expect(new URLSearchParams(writeFilters(read(text))).toString()).toBe(text)
})

it('makes something of any address', () => {
  expect(read('range=ever&status=NOTHING,LATE')).toMatchObject({ range: 'today', statuses: ['LATE'] })
  expect(read('from=yesterday')).toMatchObject({ range: 'today', days: null })
  expect(read('to=2026-01-09').days).toEqual({ from: '2026-01-09', to: '2026-01-09' })
})

it('asks the server for its own today', () => {
  expect(daysAsked(read(''), undefined)).toEqual({})
  expect(daysAsked(read('range=week'), undefined)).toBeNull()
  expect(daysAsked(read('range=week'), '2026-01-07')).toEqual({ from: '2026-01-05', to: '2026-01-07' })
})

it('exports what is shown', () => {
  const filters = read('from=2026-01-05&to=2026-01-09&department=R%26D&status=LATE,ABSENT')
  expect(exportAddress(filters, { from: '2026-01-05', to: '2026-01-09' })).toBe(
    '/api/report/attendance?from=2026-01-05&to=2026-01-09&department=R%26D&status=LATE%2CABSENT&format=csv',
  )
})
