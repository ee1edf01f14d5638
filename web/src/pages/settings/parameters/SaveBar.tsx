import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { parameterTexts } from './texts.ts'

interface SaveBarProps {
  count: number
  error: Error | null
  isBusy: boolean
  onSave: () => void
  onDiscard: () => void
}

/** Stays in view while there is something to save. */
export function SaveBar({ count, error, isBusy, onSave, onDiscard }: SaveBarProps) {
  const t = useTexts(parameterTexts)
  const errorText = useErrorText()
  if (count === 0) return null
  return (
    <div
      role="region"
      aria-label={t('save')}
      className="sticky bottom-16 z-20 flex flex-wrap items-center gap-3 rounded-xl border border-line bg-card px-4 py-3 shadow-high md:bottom-4"
    >
      <p role="status" className="mr-auto font-medium">
        {t('unsaved', { count })}
      </p>
      {error && (
        <p role="alert" className="text-bad">
          {errorText(error)}
        </p>
      )}
      <Button onClick={onDiscard}>{t('discard')}</Button>
      <Button kind="primary" isBusy={isBusy} onClick={onSave}>
        {t('save')}
      </Button>
    </div>
  )
}
