import { type Days, isDay, type QuickRange, quickDays, quickRanges } from '@/pages/attendance/days.ts'

export type AlertState = '' | 'open' | 'resolved'

export interface AlertFilters {
  range: QuickRange | 'days'
  days: Days | null
  /** An employee code. */
  employee: string
  state: AlertState
}

export function readAlertFilters(params: URLSearchParams): AlertFilters {
  const from = params.get('from')
  const to = params.get('to')
  const first = isDay(from) ? from : isDay(to) ? to : null
  const days = first ? { from: first, to: isDay(to) ? to : first } : null
  const state = params.get('state')
  return {
    range: days ? 'days' : (quickRanges.find((name) => name === params.get('range')) ?? 'today'),
    days,
    employee: params.get('employee') ?? '',
    state: state === 'open' || state === 'resolved' ? state : '',
  }
}

export function writeAlertFilters({ range, days, employee, state }: AlertFilters): Record<string, string> {
  return {
    ...(range === 'days' && days ? { from: days.from, to: days.to } : range !== 'today' && { range }),
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
