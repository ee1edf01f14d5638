import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { toast } from '@/ui/toasts.ts'
import type { AttendanceRow } from '../status.ts'
import { attendanceKey, refreshEvery } from '../useReport.ts'
import { dayTexts } from './texts.ts'

const place = (who: string, day: string) => ({ params: { path: { id: who, date: day } } })

/** One day of somebody; what a list knows already is shown until the server has answered. */
export function useDay(who: string, day: string, known: AttendanceRow | undefined) {
  return useQuery({
    queryKey: [...attendanceKey, 'day', who, day],
    queryFn: () => answerOf(api.GET('/api/attendance/{id}/{date}', place(who, day))),
    ...(known && { placeholderData: known }),
    refetchInterval: refreshEvery,
  })
}

export function useHistory(who: string, day: string) {
  return useQuery({
    queryKey: [...attendanceKey, 'history', who, day],
    queryFn: () => answerOf(api.GET('/api/attendance/{id}/{date}/history', place(who, day))),
  })
}

export function useExplanation(who: string, day: string) {
  return useQuery({
    queryKey: [...attendanceKey, 'explanation', who, day],
    queryFn: () => answerOf(api.GET('/api/attendance/{id}/{date}/explanation', place(who, day))),
  })
}

/** What a correction sends: only what was changed. */
export interface Correction {
  reason: string
  updated_at: string | null
  first_in?: string | null
  last_out?: string | null
  status?: Exclude<AttendanceRow['status'], 'PENDING_REVIEW'>
  remarks?: string
  approve?: boolean
}

function useChange<Given>(done: 'corrected' | 'approved' | 'reverted', send: (given: Given) => Promise<unknown>) {
  const t = useTexts(dayTexts)
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: () => toast('good', t(done)),
    // After a refusal, too: the day may be another one than was shown.
    onSettled: () => client.invalidateQueries({ queryKey: attendanceKey }),
  })
}

export const useCorrect = (who: string, day: string) =>
  useChange('corrected', (body: Correction) =>
    answerOf(api.PUT('/api/attendance/{id}/{date}', { ...place(who, day), body })),
  )

export const useApprove = (who: string, day: string) =>
  useChange('approved', (updated_at: string) =>
    answerOf(api.POST('/api/attendance/{id}/{date}/approve', { ...place(who, day), body: { updated_at } })),
  )

export const useRevert = (who: string, day: string) =>
  useChange('reverted', (body: { updated_at: string; reason: string }) =>
    answerOf(api.POST('/api/attendance/{id}/{date}/revert', { ...place(who, day), body })),
  )
