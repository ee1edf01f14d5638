import { Lock } from 'lucide-react'
import { Link } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { buttonLook } from '@/ui/Button.tsx'
import { EmptyState } from '@/ui/states.tsx'
import { shellTexts } from './texts.ts'

interface ForbiddenProps {
  /** Where else they may go. */
  home: string | null
}

/** At an address that is there, but not for this user. */
export function Forbidden({ home }: ForbiddenProps) {
  const t = useTexts(shellTexts)
  return (
    <>
      <h1 className="sr-only">{t('forbidden')}</h1>
      <EmptyState
        icon={<Lock className="size-6" />}
        title={t('forbidden')}
        action={
          home !== null && (
            <Link to={home} className={buttonLook({ kind: 'primary' })}>
              {t('home')}
            </Link>
          )
        }
      >
        {t('forbiddenHint')}
      </EmptyState>
    </>
  )
}
