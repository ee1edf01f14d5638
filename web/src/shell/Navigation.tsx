import { clsx } from 'clsx'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { NavLink } from 'react-router'
import { useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Dialog } from '@/ui/Dialog.tsx'
import type { Page } from './pages.ts'
import { shellTexts } from './texts.ts'

/** At the side of a wide screen. */
export function Sidebar({ pages }: { pages: readonly Page[] }) {
  const t = useTexts(shellTexts)
  const language = useLanguage()
  return (
    <nav aria-label={t('navigation')} className="flex flex-col gap-0.5">
      {pages.map(({ path, title, icon: Icon, badge: Badge }) => (
        <NavLink
          key={path}
          to={path}
          className={({ isActive }) =>
            clsx(
              'flex min-h-10 items-center gap-3 rounded-lg px-3 font-medium transition-colors',
              isActive ? 'bg-accent-soft text-accent-strong' : 'text-soft hover:bg-sunken hover:text-ink',
            )
          }
        >
          <Icon className="size-5 shrink-0" aria-hidden />
          {title[language]}
          {Badge && <Badge />}
        </NavLink>
      ))}
    </nav>
  )
}

const onBar = 4

/** At the bottom of a phone: the first pages, and the others behind "More". */
export function BottomBar({ pages }: { pages: readonly Page[] }) {
  const t = useTexts(shellTexts)
  const language = useLanguage()
  const [isOpen, setOpen] = useState(false)
  const first = pages.length > onBar + 1 ? pages.slice(0, onBar) : pages
  const others = pages.slice(first.length)
  const look = (isActive: boolean) =>
    clsx(
      'flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 px-1 text-xs font-medium',
      isActive ? 'text-accent-strong' : 'text-soft',
    )
  return (
    <nav
      aria-label={t('navigation')}
      className="fixed inset-x-0 bottom-0 z-30 flex border-t border-line bg-card pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {first.map(({ path, title, icon: Icon, badge: Badge }) => (
        <NavLink key={path} to={path} className={({ isActive }) => look(isActive)}>
          <span className="relative">
            <Icon className="size-5.5" aria-hidden />
            {Badge && (
              <span className="absolute -top-1.5 left-3.5 flex w-max">
                <Badge />
              </span>
            )}
          </span>
          <span className="max-w-full truncate">{title[language]}</span>
        </NavLink>
      ))}
      {others.length > 0 && (
        <button type="button" className={look(false)} aria-haspopup="dialog" onClick={() => setOpen(true)}>
          <Ellipsis className="size-5.5" aria-hidden />
          {t('more')}
        </button>
      )}
      {isOpen && (
        <Dialog title={t('more')} onClose={() => setOpen(false)}>
          <ul className="grid grid-cols-2 gap-2">
            {others.map(({ path, title, icon: Icon, badge: Badge }) => (
              <li key={path}>
                <NavLink
                  to={path}
                  onClick={() => setOpen(false)}
                  className="flex min-h-14 items-center gap-3 rounded-xl bg-sunken px-4 font-medium"
                >
                  <Icon className="size-5 shrink-0" aria-hidden />
                  {title[language]}
                  {Badge && <Badge />}
                </NavLink>
              </li>
            ))}
          </ul>
        </Dialog>
      )}
    </nav>
  )
}
