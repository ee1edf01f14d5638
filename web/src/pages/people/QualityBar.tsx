import { clsx } from 'clsx'
import { useTexts } from '@/i18n/texts.ts'
import { peopleTexts } from './texts.ts'

/** How good a face is, 0 to 1, as a bar and in words: what votes less than a third as much as a perfect one is weak. */
export function QualityBar({ quality }: { quality: number }) {
  const t = useTexts(peopleTexts)
  const percent = Math.round(quality * 100)
  return (
    <div className="mt-1 flex items-center gap-2 text-xs text-soft">
      <div aria-hidden className="h-1.5 w-14 overflow-hidden rounded-full bg-line">
        <div
          className={clsx('h-full rounded-full', percent >= 60 ? 'bg-good' : percent >= 35 ? 'bg-warn' : 'bg-bad')}
          style={{ width: `${percent}%` }}
        />
      </div>
      {t('qualityOf', { percent })}
    </div>
  )
}
