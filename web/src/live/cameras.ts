import { useCallback } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useSession } from '@/shell/session.ts'
import { answerOf, api } from '@/api/client.ts'

/** All cameras this user sees; nothing is asked for whoever may see none. Their states come live; the figures (fps) are asked for now and then. */
export function useCameras() {
  const { may } = useSession()
  return useQuery({
    enabled: may('cameras:read'),
    queryKey: ['cameras'],
    queryFn: () => answerOf(api.GET('/api/cameras')),
    refetchInterval: 10_000,
  })
}

/** The name of a camera by its id; the id where it is not known, such as one that was deleted. */
export function useCameraName(): (id: string) => string {
  const { may } = useSession()
  const { data } = useQuery({
    queryKey: ['cameras'],
    queryFn: () => answerOf(api.GET('/api/cameras')),
    enabled: may('cameras:read'),
    staleTime: 60_000,
  })
  return useCallback((id) => data?.find((camera) => camera.id === id)?.name ?? id, [data])
}
