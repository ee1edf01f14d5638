import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { AccountMenu } from './AccountMenu.tsx'
import { AiStatus } from './AiStatus.tsx'
import { Clock } from './Clock.tsx'
import { ConnectionBanner } from './ConnectionBanner.tsx'
import { Mark } from './Mark.tsx'
import { BottomBar, Sidebar } from './Navigation.tsx'
import { NotificationBell } from './NotificationBell.tsx'
import type { Page } from './pages.ts'
import { useSession } from './session.ts'
import { shellTexts } from './texts.ts'

/** What stands around every page. */
export function Layout({ pages, children }: { pages: readonly Page[]; children: ReactNode }) {
  const t = useTexts(shellTexts)
  const { may } = useSession()
  const { siteName } = useLive()
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-lg bg-accent px-4 py-2 font-medium text-accent-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <aside className="sticky top-0 flex h-dvh flex-col gap-6 border-r border-line bg-card p-4 max-md:hidden">
        <Link to="/" className="flex items-center gap-2.5 rounded-lg text-xl font-semibold tracking-tight">
          <Mark />
          <span className="min-w-0">
            hadir
            {siteName && <span className="block truncate text-xs font-medium text-soft">{siteName}</span>}
          </span>
        </Link>
        <div className="min-h-0 flex-1 overflow-y-auto">
          <Sidebar pages={pages} />
        </div>
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-30 border-b border-line bg-card/95 backdrop-blur">
          <div className="flex min-h-14 items-center gap-1 px-4 md:px-8">
            <Link to="/" aria-label="hadir" className="mr-2 rounded-lg md:hidden">
              <Mark className="size-8 rounded-lg" />
            </Link>
            <Clock />
            {siteName && <span className="ml-2 min-w-0 truncate text-sm text-soft md:hidden">{siteName}</span>}
            <div className="ml-auto flex items-center gap-0.5">
              <AiStatus />
              {may('notifications:read') && <NotificationBell />}
              <AccountMenu />
            </div>
          </div>
          <ConnectionBanner />
        </header>
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[100rem] flex-1 p-4 pb-24 outline-none md:p-8">
          {children}
        </main>
      </div>
      <BottomBar pages={pages} />
    </div>
  )
}
