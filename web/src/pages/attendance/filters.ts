import { type Days, quickDays, type Range, readRange, writeRange } from './days.ts'
import { type AttendanceStatus, isStatus } from './status.ts'

/** What the page shows; kept in its address. */
export interface Filters extends Range {
  department: string
  /** An employee code. */
  employee: string
  statuses: readonly AttendanceStatus[]
}

export function readFilters(params: URLSearchParams): Filters {
  return {
    ...readRange(params),
    department: params.get('department') ?? '',
    employee: params.get('employee') ?? '',
    statuses: (params.get('status') ?? '').split(',').filter(isStatus),
  }
}

/** The parameters of the address; those that say nothing are left out. */
export function writeFilters(filters: Filters): Record<string, string> {
  const { department, employee, statuses } = filters
  return {
    ...writeRange(filters),
    ...(department && { department }),
    ...(employee && { employee }),
    ...(statuses.length > 0 && { status: statuses.join(',') }),
  }
}

/** The days to ask for: null until the site's today is known, {} for today, which the server knows best. */
export function daysAsked(filters: Filters, today: string | undefined): Partial<Days> | null {
  if (filters.range === 'today') return {}
  if (filters.range === 'days') return filters.days ?? {}
  return today === undefined ? null : quickDays(filters.range, today)
}

/** Everything but the days, as the report's query. */
export function queryOf(filters: Filters) {
  const { department, employee, statuses } = filters
  return {
    ...(department && { department }),
    ...(employee && { employee }),
    ...(statuses.length > 0 && { status: [...statuses] }),
  }
}

/** The address of the same rows as a file. */
export function exportAddress(filters: Filters, days: Partial<Days>): string {
  const { status, ...words } = queryOf(filters)
  const query = new URLSearchParams({ ...days, ...words, ...(status && { status: status.join(',') }), format: 'csv' })
  return `/api/report/attendance?${query.toString()}`
}
