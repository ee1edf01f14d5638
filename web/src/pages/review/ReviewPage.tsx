import { BadgeCheck } from 'lucide-react'
import { useState } from 'react'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useFreshAttendance } from '@/pages/attendance/useReport.ts'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { LastDecision } from './LastDecision.tsx'
import { itemKey, shownIndex } from './queue.ts'
import { ReviewQueue } from './ReviewQueue.tsx'
import { ReviewCard } from './ReviewCard.tsx'
import { reviewTexts } from './texts.ts'
import { type Decided, useDecide, useReviews } from './useReviews.ts'

export interface Outcome extends Decided {
  /** Of the day as it is now, for taking the decision back. */
  updatedAt: string | null
  isWaitingAgain: boolean
}

/** One uncertain check-in after the other. */
export default function ReviewPage() {
  const t = useTexts(reviewTexts)
  const common = useTexts(commonTexts)
  const query = useReviews()
  const decide = useDecide()
  const [chosen, setChosen] = useState<string | null>(null)
  const [lastIndex, setLastIndex] = useState(0)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  useFreshAttendance()
  const items = query.data?.items ?? []
  const index = shownIndex(items, chosen, lastIndex)
  const item = items[index]
  const show = (to: number) => {
    const next = items[to]
    if (!next) return
    setChosen(itemKey(next))
    setLastIndex(to)
    decide.reset()
  }
  const send = (given: Decided) => {
    setLastIndex(index)
    decide.mutate(given, {
      onSuccess: ({ day, is_waiting_again }) =>
        setOutcome({ ...given, updatedAt: day?.updated_at ?? null, isWaitingAgain: is_waiting_again }),
    })
  }
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} />
      {outcome && <LastDecision key={itemKey(outcome.item)} outcome={outcome} onDone={() => setOutcome(null)} />}
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <SkeletonRows count={6} />}
      {query.data && !item && (
        <EmptyState icon={<BadgeCheck className="size-6" />} title={t('allDone')}>
          {t('allDoneHint')}
        </EmptyState>
      )}
      {query.data && item && (
        <div className="grid items-start gap-5 xl:grid-cols-[20rem_minmax(0,1fr)]">
          <ReviewQueue items={items} total={query.data.total} index={index} onShow={show} />
          <ReviewCard
            key={itemKey(item)}
            item={item}
            position={t('position', { position: index + 1, total: query.data.total })}
            isBusy={decide.isPending}
            error={decide.error}
            onDecide={send}
            onPrevious={index > 0 ? () => show(index - 1) : undefined}
            onNext={index < items.length - 1 ? () => show(index + 1) : undefined}
          />
        </div>
      )}
      <span className="sr-only" aria-live="polite">
        {query.isFetching && query.isPending ? common('loading') : ''}
      </span>
    </>
  )
}
