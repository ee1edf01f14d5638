import { BadgeCheck, CalendarPlus, CalendarX, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useSession } from '@/shell/session.ts'
import { StatusPill } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { AddException } from './leave/AddException.tsx'
import { leaveTexts } from './leave/texts.ts'
import { type Exception, useExceptionChanges, useExceptions } from './leave/useExceptions.ts'

/** Leave, holidays and special days: listed, added, approved, withdrawn. */
export function LeaveView() {
  const t = useTexts(leaveTexts)
  const { may } = useSession()
  const [isWithdrawn, setWithdrawn] = useState(false)
  const [isAdding, setAdding] = useState(false)
  const [going, setGoing] = useState<Exception | null>(null)
  const query = useExceptions(isWithdrawn)
  const changes = useExceptionChanges()
  const words = useWords()
  return (
    <Card
      isFlush
      title={t('table')}
      actions={
        <div className="flex flex-wrap items-center gap-4">
          <Switch label={t('showWithdrawn')} checked={isWithdrawn} onChange={setWithdrawn} />
          {may('attendance:write') && (
            <Button kind="primary" icon={<CalendarPlus className="size-4" />} onClick={() => setAdding(true)}>
              {t('add')}
            </Button>
          )}
        </div>
      }
    >
      {query.isError && !query.data && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && !query.data && <SkeletonRows />}
      {query.data && <Exceptions exceptions={query.data} changes={changes} onWithdraw={setGoing} />}
      {isAdding && <AddException add={changes.add} onClose={() => setAdding(false)} />}
      {going && (
        <ConfirmDialog
          title={t('withdrawTitle')}
          description={t('withdrawHint', words(going))}
          confirm={t('withdraw')}
          isDangerous
          onConfirm={() => changes.withdraw.mutateAsync(going.id)}
          onClose={() => setGoing(null)}
        />
      )}
    </Card>
  )
}

/** What, whose and when, for sentences about one. */
function useWords() {
  const t = useTexts(leaveTexts)
  const times = useTimes()
  return ({ type, name, date }: Exception) => ({ what: t(type), who: name ?? t('everybody'), day: times.day(date) })
}

interface ExceptionsProps {
  exceptions: Exception[]
  changes: ReturnType<typeof useExceptionChanges>
  onWithdraw: (exception: Exception) => void
}

function Exceptions({ exceptions, changes, onWithdraw }: ExceptionsProps) {
  const t = useTexts(leaveTexts)
  const times = useTimes()
  const { may } = useSession()
  const words = useWords()
  const columns: Column<Exception>[] = [
    {
      key: 'who',
      header: t('who'),
      onPhone: 'title',
      sortBy: (one) => one.name ?? '',
      cell: (one) => <span className="font-medium">{one.name ?? t('everybody')}</span>,
    },
    { key: 'type', header: t('type'), sortBy: (one) => one.type, cell: (one) => t(one.type) },
    { key: 'date', header: t('date'), sortBy: (one) => one.date, cell: (one) => times.day(one.date) },
    { key: 'reason', header: t('reason'), cell: (one) => <span className="break-words">{one.reason || '–'}</span> },
    {
      key: 'state',
      header: t('state'),
      onPhone: 'corner',
      sortBy: (one) => stateOf(one),
      cell: (one) => <StatusPill tone={tones[stateOf(one)]}>{t(stateOf(one))}</StatusPill>,
    },
    {
      key: 'actions',
      header: '',
      align: 'right',
      cell: (one) => (
        <div className="flex flex-wrap justify-end gap-2">
          {may('attendance:approve') && stateOf(one) === 'waiting' && (
            <Button
              size="small"
              icon={<BadgeCheck className="size-4" />}
              aria-label={t('approveOf', words(one))}
              isBusy={changes.approve.isPending && changes.approve.variables === one.id}
              onClick={() => changes.approve.mutate(one.id)}
            >
              {t('approve')}
            </Button>
          )}
          {may(one.approved ? 'attendance:approve' : 'attendance:write') && stateOf(one) !== 'withdrawn' && (
            <Button
              size="small"
              kind="quiet"
              icon={<Undo2 className="size-4" />}
              aria-label={t('withdrawOf', words(one))}
              onClick={() => onWithdraw(one)}
            >
              {t('withdraw')}
            </Button>
          )}
        </div>
      ),
    },
  ]
  return (
    <Table
      label={t('table')}
      columns={columns}
      rows={exceptions}
      rowKey={(one) => one.id}
      empty={
        <EmptyState icon={<CalendarX className="size-6" />} title={t('none')}>
          {t('noneHint')}
        </EmptyState>
      }
    />
  )
}

type State = 'approved' | 'waiting' | 'withdrawn'
const tones = { approved: 'good', waiting: 'warn', withdrawn: 'quiet' } as const
const stateOf = (one: Exception): State =>
  one.withdrawn_at !== null ? 'withdrawn' : one.approved ? 'approved' : 'waiting'
