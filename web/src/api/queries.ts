import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './error.ts'

/** What was asked is asked again only where that may help: no answer, or trouble on the server. */
const mayHelp = (error: Error): boolean => !(error instanceof ApiError) || error.status === 0 || error.status >= 500

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 5_000, retry: (failures, error) => failures < 2 && mayHelp(error) },
    mutations: { networkMode: 'always' },
  },
})
