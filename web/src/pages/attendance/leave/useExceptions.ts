import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { toast } from '@/ui/toasts.ts'
import { attendanceKey } from '../useReport.ts'
import { leaveTexts } from './texts.ts'

export type Exception = Schema<'AttendanceException'>
export type ExceptionType = Exception['type']
export const exceptionTypes = ['leave', 'holiday', 'special_event'] as const satisfies readonly ExceptionType[]

export interface NewException {
  type: ExceptionType
  employee_id: string | null
  from: string
  to: string
  reason: string
  approve?: boolean
}

const key = [...attendanceKey, 'exceptions']

export function useExceptions(withdrawn: boolean) {
  return useQuery({
    queryKey: [...key, withdrawn],
    queryFn: () => answerOf(api.GET('/api/exceptions', { params: { query: { withdrawn } } })),
  })
}

function useChange<Given, Answer>(send: (given: Given) => Promise<Answer>, tell: (answer: Answer) => string) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: send,
    onSuccess: (answer) => toast('good', tell(answer)),
    // Days are judged again with it.
    onSettled: () => client.invalidateQueries({ queryKey: attendanceKey }),
  })
}

export function useExceptionChanges() {
  const t = useTexts(leaveTexts)
  const at = (id: string) => ({ params: { path: { id } } })
  return {
    add: useChange(
      (body: NewException) => answerOf(api.POST('/api/exceptions', { body })),
      (added) => t('added', { count: added.length }),
    ),
    approve: useChange(
      (id: string) => answerOf(api.POST('/api/exceptions/{id}/approve', at(id))),
      () => t('approved'),
    ),
    withdraw: useChange(
      (id: string) => answerOf(api.DELETE('/api/exceptions/{id}', at(id))),
      () => t('withdrawn'),
    ),
  }
}
