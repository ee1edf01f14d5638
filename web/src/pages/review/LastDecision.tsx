import { Undo2 } from 'lucide-react'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { Button } from '@/ui/Button.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import type { Outcome } from './ReviewPage.tsx'
import { reviewTexts } from './texts.ts'
import { useUndo } from './useReviews.ts'

/** What was decided just now, and how it is taken back where it can be. */
export function LastDecision({ outcome, onDone }: { outcome: Outcome; onDone: () => void }) {
  const t = useTexts(reviewTexts)
  const times = useTimes()
  const errorText = useErrorText()
  const undo = useUndo(t('undoReason'))
  const { item, decision, updatedAt, isWaitingAgain } = outcome
  const canUndo = (decision === 'confirm' || decision === 'check_out') && updatedAt !== null
  const takeBack = async (seen: string) => {
    try {
      await undo.mutateAsync({ item, updated_at: seen })
      toast('good', t('undone'))
      onDone()
    } catch {
      // Shown below.
    }
  }
  return (
    <div
      role="status"
      className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-line bg-card px-4 py-2.5 shadow-card"
    >
      <span>
        <span className="font-medium">{t(`decided_${decision}`, { name: item.name, day: times.day(item.date) })}</span>{' '}
        {isWaitingAgain && t('waitsAgain')}
      </span>
      {canUndo ? (
        <Button
          size="small"
          icon={<Undo2 className="size-4" />}
          isBusy={undo.isPending}
          onClick={() => void takeBack(updatedAt)}
        >
          {t('undo')}
        </Button>
      ) : (
        <span className="text-sm text-soft">{t('undoHint')}</span>
      )}
      {undo.isError && <span className="text-bad">{errorText(undo.error)}</span>}
    </div>
  )
}
