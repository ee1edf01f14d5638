import type { AttendanceRow } from '../status.ts'
import { zonedTime } from '@/i18n/zoned.ts'
import type { Correction } from './useDay.ts'

export type StatusGiven = NonNullable<Correction['status']>

/** What the form shows; times as the site's clock, "2026-01-05T07:55", empty for none. */
export interface CorrectionForm {
  firstIn: string
  lastOut: string
  /** Empty: what the rules make of the times. */
  status: StatusGiven | ''
  remarks: string
  reason: string
  isApproved: boolean
}

const minutes = (iso: string | null): string => iso?.slice(0, 16) ?? ''

export const formOf = (row: AttendanceRow, mayApprove: boolean): CorrectionForm => ({
  firstIn: minutes(row.first_in),
  lastOut: minutes(row.last_out),
  status: '',
  remarks: row.remarks,
  reason: '',
  isApproved: mayApprove,
})

/** Only what was changed, so that a time keeps its seconds and its picture unless somebody gave another. */
export function correctionOf(
  form: CorrectionForm,
  row: AttendanceRow,
  timeZone: string,
  mayApprove: boolean,
): Correction | null {
  const time = (local: string) => (local === '' ? null : zonedTime(local, timeZone))
  const changed = {
    ...(form.firstIn !== minutes(row.first_in) && { first_in: time(form.firstIn) }),
    ...(form.lastOut !== minutes(row.last_out) && { last_out: time(form.lastOut) }),
    ...(form.status !== '' && { status: form.status }),
    ...(form.remarks.trim() !== row.remarks && { remarks: form.remarks.trim() }),
  }
  if (Object.keys(changed).length === 0) return null
  return {
    ...changed,
    reason: form.reason.trim(),
    updated_at: row.updated_at,
    ...(mayApprove && { approve: form.isApproved }),
  }
}
