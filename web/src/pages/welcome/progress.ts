import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { useCameras } from '@/live/cameras.ts'
import { parametersQuery } from '@/pages/settings/parameters/useParameters.ts'
import { useSession } from '@/shell/session.ts'

export const steps = ['site', 'camera', 'person'] as const
export type Step = (typeof steps)[number]

const kept = 'hadir.guide'

export const employeesQuery = {
  queryKey: ['employees'],
  queryFn: () => answerOf(api.GET('/api/employees')),
}

/** What of the guide is done, by what the server has; null until that is known. */
export function useProgress(): Readonly<Record<Step, boolean>> | null {
  const parameters = useQuery(parametersQuery)
  const cameras = useCameras()
  const people = useQuery(employeesQuery)
  if (!parameters.data || !cameras.data || !people.data) return null
  const zone = parameters.data.parameters.find((parameter) => parameter.key === 'time_zone')?.value
  return {
    site: typeof zone === 'string' && zone !== '',
    camera: cameras.data.length > 0,
    person: people.data.some((person) => person.templates > 0),
  }
}

/** Whether the guide is for this user and was not sent away in this browser. */
export function useGuideWanted(): { isWanted: boolean; dismiss: () => void } {
  const { may } = useSession()
  const [isDismissed, setDismissed] = useState(() => localStorage.getItem(kept) === 'dismissed')
  const dismiss = () => {
    localStorage.setItem(kept, 'dismissed')
    setDismissed(true)
  }
  return { isWanted: may('system:admin') && !isDismissed, dismiss }
}
