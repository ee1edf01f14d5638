import { clsx } from 'clsx'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { Card } from '@/ui/Card.tsx'
import { itemKey, type ReviewItem } from './queue.ts'
import { reviewTexts } from './texts.ts'

interface ReviewQueueProps {
  items: readonly ReviewItem[]
  total: number
  index: number
  onShow: (index: number) => void
}

/** The ones that wait; on a small screen they are gone through one by one instead. */
export function ReviewQueue({ items, total, index, onShow }: ReviewQueueProps) {
  const t = useTexts(reviewTexts)
  const times = useTimes()
  return (
    <Card title={`${t('queue')} · ${total}`} isFlush className="max-xl:hidden">
      <ul className="max-h-[70dvh] overflow-y-auto">
        {items.map((item, at) => (
          <li key={itemKey(item)} className="border-b border-line last:border-0">
            <button
              type="button"
              aria-current={at === index}
              onClick={() => onShow(at)}
              className={clsx(
                'block w-full px-5 py-3 text-left focus-visible:-outline-offset-2',
                at === index ? 'bg-accent-soft' : 'hover:bg-sunken/60',
              )}
            >
              <span className="flex items-baseline justify-between gap-3">
                <span className="truncate font-medium">{item.name}</span>
                <span className="text-sm text-soft">{Math.round(item.confidence * 100)} %</span>
              </span>
              <span className="block truncate text-sm text-soft">
                {t(item.end)} · {times.dayAndTime(item.time)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
