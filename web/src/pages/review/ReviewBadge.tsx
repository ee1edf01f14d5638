import { useTexts } from '@/i18n/texts.ts'
import { reviewTexts } from './texts.ts'
import { useReviewCount } from './useReviews.ts'

/** How many reviews wait, beside the page's name in the navigation. */
export function ReviewBadge() {
  const t = useTexts(reviewTexts)
  const count = useReviewCount()
  if (count === 0) return null
  return (
    <span className="relative ml-auto inline-flex min-w-5 justify-center rounded-full bg-accent px-1.5 py-0.5 text-xs leading-4 font-semibold text-accent-ink">
      <span aria-hidden>{count > 99 ? '99+' : count}</span>
      <span className="sr-only">{t('badge', { count })}</span>
    </span>
  )
}
