import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useLiveEvent } from '@/live/connection.ts'
import type { alertQuery } from './filters.ts'

export type Alert = Schema<'AlertReport'>['rows'][number]

const key = ['alerts']
const rowsAPage = 500

/** The site's working day, as the report has it. */
export function useAlertToday(): string | undefined {
  const { data } = useQuery({
    queryKey: [...key, 'today'],
    refetchInterval: 60_000,
    queryFn: async () => {
      const report = await answerOf(api.GET('/api/report/alerts', { params: { query: { page_size: 1 } } }))
      return report.date_to
    },
  })
  return data
}

export function useAlerts(query: ReturnType<typeof alertQuery>) {
  return useInfiniteQuery({
    queryKey: [...key, 'report', query],
    enabled: query !== null,
    initialPageParam: 1,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET('/api/report/alerts', { params: { query: { ...query, page: pageParam, page_size: rowsAPage } } }),
      ),
    getNextPageParam: (last, pages) => (pages.length * rowsAPage < last.total ? pages.length + 1 : undefined),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  })
}

/** Asks again soon after an alert was opened or resolved; several in a row are one question. */
export function useFreshAlerts(): void {
  const client = useQueryClient()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])
  const soon = () => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined
      void client.invalidateQueries({ queryKey: key })
    }, 1000)
  }
  useLiveEvent('alert_log_created', soon)
  useLiveEvent('alert_log_resolved', soon)
}
