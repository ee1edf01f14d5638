import { useQuery } from '@tanstack/react-query'
import { parametersQuery } from '@/pages/settings/parameters/useParameters.ts'
import { useSession } from '@/shell/session.ts'
import { overrideText } from './overrides.ts'

/** What holds for all cameras, as texts, by the key of the parameter; empty for those who may not see the parameters. */
export type SiteValues = ReadonlyMap<string, string>

const unknown: SiteValues = new Map()

export function useSiteValues(): SiteValues {
  const { may } = useSession()
  const { data } = useQuery({
    ...parametersQuery,
    enabled: may('system:admin'),
    select: ({ parameters }) => new Map(parameters.map(({ key, value }) => [key, overrideText(value)])),
  })
  return data ?? unknown
}
