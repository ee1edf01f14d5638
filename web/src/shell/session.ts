import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext, useEffect } from 'react'
import { answerOf, api, onSignedOut, setCsrfToken } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import type { Permission, Session } from '@/api/types.ts'

const key = ['session']

type Found =
  | { is: 'loading' }
  | { is: 'out' }
  | { is: 'unreachable'; error: Error; retry: () => void }
  | { is: 'in'; session: Session }

/** Nothing of the one before may be seen by the next. */
function forgetSession(client: QueryClient): void {
  client.setQueryData(key, null)
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== key[0] })
}

/** Who is signed in, found out once and kept up to date by signing in and out. */
export function useFoundSession(): Found & { set: (session: Session | null) => void } {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: key,
    staleTime: 60_000,
    retry: false,
    refetchInterval: (query) => (query.state.status === 'error' ? 3000 : false),
    queryFn: async () => {
      try {
        const session = await answerOf(api.GET('/api/auth/session'))
        setCsrfToken(session.csrf_token ?? '')
        return session
      } catch (error) {
        if (error instanceof ApiError && error.status === 401) return null
        throw error
      }
    },
  })
  useEffect(() => {
    onSignedOut(() => forgetSession(client))
  }, [client])
  const set = (session: Session | null) => {
    setCsrfToken(session?.csrf_token ?? '')
    if (session) client.setQueryData(key, session)
    else forgetSession(client)
  }
  if (query.data) return { is: 'in', session: query.data, set }
  if (query.data === null) return { is: 'out', set }
  if (query.error) return { is: 'unreachable', error: query.error, retry: () => void query.refetch(), set }
  return { is: 'loading', set }
}

interface SignedIn {
  session: Session
  may: (permission: Permission) => boolean
  signOut: () => Promise<void>
  /** A new session, after the password was changed. */
  renew: (session: Session) => void
}

export const SessionContext = createContext<SignedIn | null>(null)

/** The session of whoever is signed in: `const { may } = useSession()`. */
export function useSession(): SignedIn {
  const signedIn = useContext(SessionContext)
  if (!signedIn) throw new Error('useSession is for pages behind the sign-in')
  return signedIn
}
