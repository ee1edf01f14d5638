import { hoursOf, hoursText } from './hours.ts'
import type { WeekPlan } from './WeekChart.tsx'

/** What stands in the form of the hours. */
export interface HoursForm {
  start: string
  end: string
  hasLunch: boolean
  lunchStart: string
  lunchEnd: string
  days: readonly number[]
  grace: string
  /** Empty: now. As a field of type datetime-local has it, by the site's clock. */
  from: string
  remarks: string
}

interface Version {
  work_hours: string
  lunch_break: string | null
  working_days: readonly number[]
  grace_minutes: number
}

export function formOf(version: Version): HoursForm {
  const work = hoursOf(version.work_hours)
  const lunch = hoursOf(version.lunch_break ?? '12:00-13:00')
  return {
    ...work,
    hasLunch: version.lunch_break !== null,
    lunchStart: lunch.start,
    lunchEnd: lunch.end,
    days: version.working_days,
    grace: String(version.grace_minutes),
    from: '',
    remarks: '',
  }
}

export function planOf(form: HoursForm): WeekPlan {
  return {
    work_hours: hoursText(form),
    lunch_break: form.hasLunch ? hoursText({ start: form.lunchStart, end: form.lunchEnd }) : null,
    working_days: form.days,
    grace_minutes: Number(form.grace) || 0,
  }
}

/** Whether it says something else than the version. */
export function isChanged(form: HoursForm, version: Version): boolean {
  const before = { ...formOf(version), from: form.from, remarks: form.remarks }
  return (
    JSON.stringify({ ...planOf(form), grace: form.grace }) !==
    JSON.stringify({ ...planOf(before), grace: before.grace })
  )
}
