import type { ReactNode } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { welcomeTexts } from './texts.ts'

/** The buttons below a step. */
export function StepButtons({ onSkip, children }: { onSkip: () => void; children: ReactNode }) {
  const t = useTexts(welcomeTexts)
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button kind="quiet" onClick={onSkip}>
        {t('skip')}
      </Button>
      {children}
    </div>
  )
}
