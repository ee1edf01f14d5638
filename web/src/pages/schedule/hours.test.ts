import { describe, expect, it } from 'vitest'
import { daysText, endOfWork, isOvernight, lunchStretches, nextChange, stretchesOf, weekdayOf } from './hours.ts'

const office = { work_hours: '08:00-17:00', lunch_break: '12:00-13:00', working_days: [0, 1, 2, 3, 4] }
const night = { work_hours: '22:00-06:00', lunch_break: '01:00-01:30', working_days: [6] }

describe('hours', () => {
  it('go past midnight into the next day, Sunday’s into Monday', () => {
    expect(stretchesOf({ start: '08:00', end: '17:00' }, [0])).toEqual([{ day: 0, from: 480, to: 1020 }])
    expect(stretchesOf({ start: '22:00', end: '06:00' }, [6])).toEqual([
      { day: 6, from: 1320, to: 1440 },
      { day: 0, from: 0, to: 360 },
    ])
    expect(lunchStretches({ start: '01:00', end: '01:30' }, { start: '22:00', end: '06:00' }, [6])).toEqual([
      { day: 0, from: 60, to: 90 },
    ])
    expect(isOvernight({ start: '08:00', end: '08:00' })).toBe(true)
  })

  it('tell their next change', () => {
    // 2026-01-05 is a Monday.
    expect(weekdayOf('2026-01-05T07:55')).toBe(0)
    expect(nextChange(office, '2026-01-05T07:55')).toBe('2026-01-05T08:00')
    expect(nextChange(office, '2026-01-05T08:00')).toBe('2026-01-05T12:00')
    expect(nextChange(office, '2026-01-05T12:30')).toBe('2026-01-05T13:00')
    expect(nextChange(office, '2026-01-09T17:00')).toBe('2026-01-12T08:00')
    expect(nextChange(night, '2026-01-04T23:00')).toBe('2026-01-05T01:00')
    expect(nextChange({ ...night, lunch_break: null }, '2026-01-04T23:00')).toBe('2026-01-05T06:00')
  })

  it('say when the working day ends', () => {
    expect(endOfWork(office, '2026-01-05T14:00')).toBe('2026-01-05T17:00')
    expect(endOfWork(office, '2026-01-05T17:00')).toBeNull()
    expect(endOfWork(office, '2026-01-10T14:00')).toBeNull()
    expect(endOfWork(night, '2026-01-04T23:00')).toBe('2026-01-05T06:00')
    expect(endOfWork(night, '2026-01-05T05:00')).toBe('2026-01-05T06:00')
    expect(endOfWork(night, '2026-01-05T07:00')).toBeNull()
  })
})

it('names days in short', () => {
  const names = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
  expect(daysText([0, 1, 2, 3, 4], names)).toBe('Mon–Fri')
  expect(daysText([6, 0, 2], names)).toBe('Mon, Wed, Sun')
  expect(daysText([0, 1, 3, 4, 5], names)).toBe('Mon, Tue, Thu–Sat')
})
