import { useQuery } from '@tanstack/react-query'
import { settingText } from '@/pages/settings/parameters/settingText.ts'
import { parametersQuery } from '@/pages/settings/parameters/useParameters.ts'
import { useSession } from '@/shell/session.ts'

/** What holds for all cameras, as texts, by the key of the parameter; empty for those who may not see the parameters. */
export type SiteValues = ReadonlyMap<string, string>

const unknown: SiteValues = new Map()

export function useSiteValues(): SiteValues {
  const { may } = useSession()
  const { data } = useQuery({
    ...parametersQuery,
    enabled: may('system:admin'),
    select: ({ parameters }) => new Map(parameters.map(({ key, value }) => [key, settingText(value)])),
  })
  return data ?? unknown
}
