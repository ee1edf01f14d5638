import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'

/** All cameras this user sees. Their states come live; the figures (fps) are asked for now and then. */
export function useCameras() {
  return useQuery({
    queryKey: ['cameras'],
    queryFn: () => answerOf(api.GET('/api/cameras')),
    refetchInterval: 10_000,
  })
}
