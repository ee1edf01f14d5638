import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { useLiveEvent } from '@/live/connection.ts'
import type { Days } from './days.ts'
import { type Filters, queryOf } from './filters.ts'

/** Everything about days stands below this key, so that one event makes all of it fresh. */
export const attendanceKey = ['attendance'] as const

export const refreshEvery = 30_000
const rowsAPage = 1000

/** The site's working day: hadir knows when it begins. */
export function useSiteToday(): string | undefined {
  const { data } = useQuery({
    queryKey: [...attendanceKey, 'today'],
    refetchInterval: 60_000,
    queryFn: async () => {
      const report = await answerOf(api.GET('/api/report/attendance', { params: { query: { page: 1, page_size: 1 } } }))
      return report.to
    },
  })
  return data
}

/** A thousand rows of the report, the first ones as page 1. */
export function fetchReport(filters: Filters, days: Partial<Days>, page: number) {
  const query = { ...days, ...queryOf(filters), page, page_size: rowsAPage }
  return answerOf(api.GET('/api/report/attendance', { params: { query } }))
}

/** The rows of the report, a thousand at a time; asked for again every 30 seconds. */
export function useReport(filters: Filters, days: Partial<Days> | null) {
  return useInfiniteQuery({
    queryKey: [...attendanceKey, 'report', days, queryOf(filters)],
    enabled: days !== null,
    initialPageParam: 1,
    queryFn: ({ pageParam }) => fetchReport(filters, days ?? {}, pageParam),
    getNextPageParam: (last, pages) => (pages.length * rowsAPage < last.total ? pages.length + 1 : undefined),
    refetchInterval: refreshEvery,
    placeholderData: keepPreviousData,
  })
}

/** Asks again soon after cameras or people changed a day; several changes in a row are one question. */
export function useFreshAttendance(): void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  useLiveEvent('attendance_update', () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void client.invalidateQueries({ queryKey: attendanceKey })
    }, 1500)
  })
}
