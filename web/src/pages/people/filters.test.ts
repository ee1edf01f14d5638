import { expect, it } from 'vitest'
import { filtersOf, isFiltered, queryOf, withFilters } from './filters.ts'

it('reads filters from an address and writes them back', () => {
  const address = new URLSearchParams('q=siti&department=Plant&status=archived&face=without&sort=-last_seen')
  const filters = filtersOf(address)
  expect(queryOf(filters)).toEqual({
    q: 'siti',
    department: 'Plant',
    person_status: 'archived',
    enrolled: false,
    sort: '-last_seen',
  })
  expect(withFilters(new URLSearchParams(), filters).toString()).toBe(address.toString())
})

it('leaves out what is no filter, and what the server would refuse', () => {
  const filters = filtersOf(new URLSearchParams('status=gone&sort=age&type=robot&face=maybe'))
  expect(queryOf(filters)).toEqual({})
  expect(isFiltered(filters)).toBe(false)
  expect(isFiltered(filtersOf(new URLSearchParams('q=%20%20')))).toBe(false)
})

it('keeps the rest of the address', () => {
  const next = withFilters(new URLSearchParams('q=a&add=1&sort=templates'), { words: '', order: 'name' })
  expect(next.toString()).toBe('add=1')
})
