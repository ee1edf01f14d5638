import type { Schema } from '@/api/types.ts'
import type { Tone } from '@/ui/Badge.tsx'

export type AttendanceRow = Schema<'AttendanceReport'>['rows'][number]
export type AttendanceStatus = AttendanceRow['status']

export const statuses = [
  'PRESENT',
  'LATE',
  'LEFT_EARLY',
  'ABSENT',
  'ON_LEAVE',
  'HOLIDAY',
  'PENDING_REVIEW',
] as const satisfies readonly AttendanceStatus[]

/** Whoever has one of these came. */
export const came: readonly AttendanceStatus[] = ['PRESENT', 'LATE', 'LEFT_EARLY']

export const isStatus = (word: string): word is AttendanceStatus => statuses.some((status) => status === word)

export const statusTones: Record<AttendanceStatus, Tone> = {
  PRESENT: 'good',
  LATE: 'warn',
  LEFT_EARLY: 'warn',
  ABSENT: 'bad',
  ON_LEAVE: 'accent',
  HOLIDAY: 'quiet',
  PENDING_REVIEW: 'accent',
}
