import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'

export const parametersKey = ['parameters']

export function useParameters() {
  return useQuery({
    queryKey: parametersKey,
    queryFn: async () => (await answerOf(api.GET('/api/config/params'))).parameters,
  })
}
