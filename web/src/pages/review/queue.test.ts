import { expect, it } from 'vitest'
import { decisionsOf, itemKey, type ReviewItem, shownIndex } from './queue.ts'

const item = (employee_id: string) => ({ employee_id, date: '2026-01-05' }) as ReviewItem
const items = [item('A'), item('B'), item('C')]

it('goes on to the next when one is decided', () => {
  expect(shownIndex(items, itemKey(item('B')), 0)).toBe(1)
  expect(shownIndex([item('A'), item('C')], itemKey(item('B')), 1)).toBe(1)
  expect(shownIndex([item('A'), item('B')], itemKey(item('C')), 2)).toBe(1)
  expect(shownIndex([], null, 3)).toBe(0)
})

it('offers what an item allows', () => {
  expect(decisionsOf({ end: 'first_in', can_be_somebody_else: true })).toEqual([
    'confirm',
    'check_out',
    'other_person',
    'reject',
  ])
  expect(decisionsOf({ end: 'last_out', can_be_somebody_else: false })).toEqual(['confirm'])
})
