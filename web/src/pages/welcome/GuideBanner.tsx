import { X } from 'lucide-react'
import { Link } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { buttonLook, IconButton } from '@/ui/Button.tsx'
import { steps, useGuideWanted, useProgress } from './progress.ts'
import { welcomeTexts } from './texts.ts'

/** Leads back to the guide until it is done or sent away. */
export function GuideBanner() {
  const { isWanted, dismiss } = useGuideWanted()
  return isWanted ? <Open onDismiss={dismiss} /> : null
}

function Open({ onDismiss }: { onDismiss: () => void }) {
  const t = useTexts(welcomeTexts)
  const progress = useProgress()
  const done = progress ? steps.filter((step) => progress[step]).length : steps.length
  if (done === steps.length) return null
  return (
    <aside className="mb-5 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-2xl bg-accent-soft px-5 py-3">
      <p className="min-w-0 flex-1">
        <span className="font-semibold">{t('bannerTitle')}</span>{' '}
        <span className="whitespace-nowrap">{t('progress', { done, all: steps.length })}</span>
      </p>
      <Link to="/welcome" className={buttonLook({ kind: 'primary', size: 'small' })}>
        {t('bannerContinue')}
      </Link>
      <IconButton label={t('dismiss')} onClick={onDismiss} className="-mr-2">
        <X className="size-4" />
      </IconButton>
    </aside>
  )
}
