import { queryOptions, useQuery } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'

export const parametersKey = ['parameters']

/** What is kept below the key is the whole answer, whoever asks. */
export const parametersQuery = queryOptions({
  queryKey: parametersKey,
  queryFn: () => answerOf(api.GET('/api/config/params')),
})

export function useParameters() {
  return useQuery({ ...parametersQuery, select: ({ parameters }) => parameters })
}
