import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'
import { useLiveEvent } from '@/live/connection.ts'
import { attendanceKey } from '@/pages/attendance/useReport.ts'
import { type Decision, itemKey, type ReviewItem } from './queue.ts'

const key = [...attendanceKey, 'reviews']
const listKey = [...key, 'list']
const shownAtOnce = 100

export function useReviews() {
  return useQuery({
    queryKey: listKey,
    refetchInterval: 30_000,
    queryFn: () => answerOf(api.GET('/api/reviews', { params: { query: { page_size: shownAtOnce } } })),
  })
}

/** How many wait, for the navigation. */
export function useReviewCount(): number {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: [...key, 'count'],
    refetchInterval: 60_000,
    queryFn: async () => {
      const { total } = await answerOf(api.GET('/api/reviews', { params: { query: { page_size: 1 } } }))
      return total
    },
  })
  useLiveEvent('attendance_update', ({ status }) => {
    if (status === 'PENDING_REVIEW') void client.invalidateQueries({ queryKey: key })
  })
  return data ?? 0
}

export interface Decided {
  item: ReviewItem
  decision: Decision
  /** An employee code, of other_person. */
  other?: string
}

type Listed = NonNullable<ReturnType<typeof useReviews>['data']>

export function useDecide() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ item, decision, other }: Decided) =>
      answerOf(
        api.POST('/api/reviews/{id}/{date}', {
          params: { path: { id: item.employee_id, date: item.date } },
          body: {
            decision,
            updated_at: item.updated_at,
            while_open: !item.is_over,
            ...(other !== undefined && { person_id: other }),
          },
        }),
      ),
    onSuccess: (_answer, { item }) => {
      // The next one at once, before the list is asked for again.
      client.setQueryData<Listed>(
        listKey,
        (list) =>
          list && {
            ...list,
            total: Math.max(0, list.total - 1),
            items: list.items.filter((one) => itemKey(one) !== itemKey(item)),
          },
      )
    },
    onSettled: () => client.invalidateQueries({ queryKey: attendanceKey }),
  })
}

/** Takes a confirmed review back: the day waits again. */
export function useUndo(reason: string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ item, updated_at }: { item: ReviewItem; updated_at: string }) =>
      answerOf(
        api.POST('/api/attendance/{id}/{date}/revert', {
          params: { path: { id: item.employee_id, date: item.date } },
          body: { updated_at, reason },
        }),
      ),
    onSettled: () => client.invalidateQueries({ queryKey: attendanceKey }),
  })
}
