import { expect, it } from 'vitest'
import { detailLines, queryOf } from './audit.ts'

it('asks for whole days of the site', () => {
  const params = new URLSearchParams('action=user.login&from=2026-01-31&to=2026-01-31&page=2')
  expect(queryOf(params, 'Asia/Jakarta')).toEqual({
    page: 2,
    page_size: 50,
    action: 'user.login',
    from: '2026-01-31T00:00:00+07:00',
    to: '2026-02-01T00:00:00+07:00',
  })
})

it('passes over what is no page or day', () => {
  expect(queryOf(new URLSearchParams('from=yesterday&page=-3&actor='), 'UTC')).toEqual({ page: 1, page_size: 50 })
})

it('reads details', () => {
  expect(detailLines({ name: 'Gate', enabled: true, days: [1, 2], remarks: '' })).toEqual([
    'name: Gate',
    'enabled: true',
    'days: [1,2]',
  ])
  expect([detailLines('plain'), detailLines(null), detailLines({})]).toEqual([['plain'], [], []])
})
