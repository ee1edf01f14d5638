import { type ReactNode, Suspense, useEffect, useMemo } from 'react'
import { Link, Navigate, Route, Routes, useLocation, useNavigate } from 'react-router'
import { answerOf, api } from '@/api/client.ts'
import type { Session } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { connectLive, disconnectLive } from '@/live/connection.ts'
import { buttonLook } from '@/ui/Button.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { SetUp, SignIn } from './Door.tsx'
import { Forbidden } from './Forbidden.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Layout } from './Layout.tsx'
import { pageComponents } from './pageComponents.ts'
import { pages } from './pages.ts'
import { SessionContext, useFoundSession, useSession } from './session.ts'
import { shellTexts } from './texts.ts'

export function App() {
  const found = useFoundSession()
  const { pathname, hash } = useLocation()
  const navigate = useNavigate()
  // A set-up link is /setup#SECRET.
  const token = pathname === '/setup' ? hash.slice(1) : ''
  const enter = (session: Session) => {
    found.set(session)
    // After the first password the guide; nothing of the secret stays in the address.
    const isAdmin = session.permissions.includes('system:admin')
    if (pathname === '/setup') void navigate(isAdmin ? '/welcome' : '/', { replace: true })
  }
  if (token) return <SetUp token={token} onSignedIn={enter} onLeave={() => void navigate('/', { replace: true })} />
  if (found.is === 'loading') return null
  if (found.is === 'unreachable')
    return (
      <main className="grid min-h-dvh place-items-center">
        <ErrorState error={found.error} onRetry={found.retry} />
      </main>
    )
  if (found.is === 'out') return <SignIn onSignedIn={enter} />
  return (
    <Inside session={found.session} set={found.set}>
      <Pages />
    </Inside>
  )
}

interface InsideProps {
  session: Session
  set: (session: Session | null) => void
  children: ReactNode
}

/** Everything behind the sign-in, with the live connection of whoever is signed in. */
function Inside({ session, set, children }: InsideProps) {
  const user = session.user.id
  useEffect(() => {
    connectLive()
    return disconnectLive
  }, [user])
  const permissions = useMemo(() => new Set(session.permissions), [session.permissions])
  const signOut = async () => {
    await answerOf(api.POST('/api/auth/logout'))
    set(null)
  }
  return (
    <SessionContext value={{ session, may: (permission) => permissions.has(permission), signOut, renew: set }}>
      {children}
    </SessionContext>
  )
}

function Pages() {
  const { pathname } = useLocation()
  const allowed = useAllowedPages()
  const others = pages.filter((page) => !allowed.includes(page))
  const { session } = useSession()
  const offered = allowed.filter(({ isHidden, isFor }) => isHidden !== true && (isFor === undefined || isFor(session)))
  const home = offered[0]
  return (
    <Layout pages={offered}>
      {/* A page that broke is whole again when another one is opened. */}
      <ErrorBoundary key={pathname.split('/')[1]}>
        <Suspense fallback={<SkeletonRows count={6} />}>
          <Routes>
            {allowed.map(({ path }) => {
              const Component = pageComponents[path]
              return Component && <Route key={path} path={`${path}/*`} element={<Component />} />
            })}
            {others.map(({ path }) => (
              <Route key={path} path={`${path}/*`} element={<Forbidden home={home ? '/' : null} />} />
            ))}
            <Route path="/" element={home ? <Navigate to={home.path} replace /> : <NothingAllowed />} />
            <Route path="*" element={<Nowhere />} />
          </Routes>
        </Suspense>
      </ErrorBoundary>
    </Layout>
  )
}

function useAllowedPages() {
  const { may } = useSession()
  return pages.filter(({ needs }) => needs.length === 0 || needs.some(may))
}

function Nowhere() {
  const t = useTexts(shellTexts)
  return (
    <EmptyState
      title={t('nowhere')}
      action={
        <Link to="/" className={buttonLook({ kind: 'primary' })}>
          {t('home')}
        </Link>
      }
    >
      {t('nowhereHint')}
    </EmptyState>
  )
}

function NothingAllowed() {
  const t = useTexts(shellTexts)
  return <EmptyState title={t('nothingAllowed')}>{t('nothingAllowedHint')}</EmptyState>
}
