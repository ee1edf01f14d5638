import { quickDays, type Range, readRange, writeRange } from '@/pages/attendance/days.ts'

export type AlertState = '' | 'open' | 'resolved'

export interface AlertFilters extends Range {
  /** An employee code. */
  employee: string
  state: AlertState
}

export function readAlertFilters(params: URLSearchParams): AlertFilters {
  const state = params.get('state')
  return {
    ...readRange(params),
    employee: params.get('employee') ?? '',
    state: state === 'open' || state === 'resolved' ? state : '',
  }
}

export function writeAlertFilters({ employee, state, ...range }: AlertFilters): Record<string, string> {
  return {
    ...writeRange(range),
    ...(employee && { employee }),
    ...(state && { state }),
  }
}

/** The query of the report; null until the site's today is known. */
export function alertQuery({ range, days, employee, state }: AlertFilters, today: string | undefined) {
  const asked = range === 'days' ? days : range === 'today' ? null : today && quickDays(range, today)
  if (range !== 'today' && !asked) return null
  return {
    ...(asked && { date_from: asked.from, date_to: asked.to }),
    ...(employee && { employee }),
    ...(state === 'open' && { unresolved: true }),
    ...(state === 'resolved' && { resolved: true }),
  }
}

export function alertExport(query: NonNullable<ReturnType<typeof alertQuery>>): string {
  const words = Object.entries(query).map(([name, value]) => [name, String(value)])
  return `/api/report/alerts?${new URLSearchParams([...words, ['format', 'csv']]).toString()}`
}
