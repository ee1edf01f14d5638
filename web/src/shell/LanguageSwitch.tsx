import { clsx } from 'clsx'
import { type Language, languages, setLanguage, useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { shellTexts } from './texts.ts'

export function LanguageSwitch() {
  const t = useTexts(shellTexts)
  const language = useLanguage()
  return (
    <div
      role="group"
      aria-label={t('language')}
      className="inline-flex rounded-lg border border-line bg-card p-0.5 text-sm"
    >
      {Object.entries(languages).map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={code === language}
          onClick={() => setLanguage(code as Language)}
          className={clsx('rounded-md px-3 py-1', code === language ? 'bg-sunken font-medium' : 'text-soft')}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
