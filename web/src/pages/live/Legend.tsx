import { useTexts } from '@/i18n/texts.ts'
import { type BoxKind, looks } from './boxes.ts'
import { liveTexts } from './texts.ts'

const kinds: readonly BoxKind[] = ['known', 'unsure', 'unknown']

/** What the lines around faces mean. */
export function Legend() {
  const t = useTexts(liveTexts)
  const words = { known: t('legendKnown'), unsure: t('legendUnsure'), unknown: t('legendUnknown') }
  return (
    <ul aria-label={t('legend')} className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-soft">
      {kinds.map((kind) => (
        <li key={kind} className="flex items-center gap-2">
          <svg width="26" height="16" aria-hidden className="rounded bg-[#0b1110]">
            <rect
              x="3"
              y="3"
              width="20"
              height="10"
              fill="none"
              stroke={looks[kind].colour}
              strokeWidth="2"
              strokeDasharray={looks[kind].dash.map((length) => length / 2).join(' ')}
            />
          </svg>
          {words[kind]}
        </li>
      ))}
    </ul>
  )
}
