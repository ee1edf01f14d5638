import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useLive } from '@/live/connection.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { usersQuery } from '../users/useAccounts.ts'
import { detailLines, queryOf } from './audit.ts'
import { AuditFilters } from './AuditFilters.tsx'
import { auditTexts } from './texts.ts'
import { VerifyAudit } from './VerifyAudit.tsx'

type Entry = Schema<'AuditEntry'>

/** /settings/audit?action=&actor=&from=&to=&page= */
export function AuditTab() {
  const t = useTexts(auditTexts)
  const { timeZone } = useLive()
  const [params, setParams] = useSearchParams()
  const query = queryOf(params, timeZone)
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['audit', query],
    queryFn: () => answerOf(api.GET('/api/audit', { params: { query } })),
    placeholderData: keepPreviousData,
    // Each reading is an entry of its own: it is read when somebody asks, and not by itself.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const columns = useColumns()
  const turn = (page: number) => {
    const next = new URLSearchParams(params)
    next.set('page', String(page))
    setParams(next)
  }
  return (
    <div className="flex flex-col gap-5">
      <VerifyAudit />
      <Card title={t('hint')} isFlush actions={<span className="text-sm text-soft">{t('noted')}</span>}>
        <AuditFilters key={params.toString()} params={params} onShow={setParams} onSame={() => void refetch()} />
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <SkeletonRows count={8} />
        ) : (
          <div aria-busy={isFetching} className={isFetching ? 'opacity-60' : ''}>
            <Table
              label={t('hint')}
              columns={columns}
              rows={data.entries}
              rowKey={({ id }) => id}
              empty={<EmptyState icon={<ScrollText className="size-6" />} title={t('none')} />}
            />
            <div className="flex flex-wrap items-center gap-2 border-t border-line px-5 py-3">
              <p role="status" className="mr-auto text-sm text-soft">
                {t('page', { page: data.page, pages: Math.max(1, data.pages), total: data.total })}
              </p>
              <Button size="small" disabled={data.page <= 1} onClick={() => turn(data.page - 1)}>
                {t('newer')}
              </Button>
              <Button size="small" disabled={data.page >= data.pages} onClick={() => turn(data.page + 1)}>
                {t('older')}
              </Button>
            </div>
          </div>
        )}
      </Card>
    </div>
  )
}

function useColumns(): Column<Entry>[] {
  const t = useTexts(auditTexts)
  const { day } = useTimes()
  const subjectOf = useSubjects()
  return [
    {
      key: 'when',
      header: t('when'),
      className: 'whitespace-nowrap align-top',
      cell: (entry) => `${day(entry.at)}, ${entry.at.slice(11, 19)}`,
    },
    {
      key: 'action',
      header: t('action'),
      onPhone: 'title',
      className: 'align-top',
      cell: (entry) => <span className="font-medium">{entry.action}</span>,
    },
    { key: 'actor', header: t('actor'), className: 'align-top', cell: (entry) => entry.actor || t('program') },
    {
      key: 'subject',
      header: t('subject'),
      className: 'align-top',
      cell: (entry) => <span className="[overflow-wrap:anywhere]">{subjectOf(entry)}</span>,
    },
    {
      key: 'detail',
      header: t('detail'),
      className: 'align-top',
      cell: (entry) => (
        <ul className="text-sm text-soft">
          {detailLines(entry.detail).map((line) => (
            <li key={line} className="break-words [overflow-wrap:anywhere]">
              {line}
            </li>
          ))}
        </ul>
      ),
    },
    { key: 'address', header: t('address'), className: 'align-top', cell: (entry) => entry.address },
  ]
}

/** Users by their names, for those who may see them: the log has what they are known by inside. */
function useSubjects(): (entry: Entry) => string {
  const { may } = useSession()
  const { data: users } = useQuery({ ...usersQuery, enabled: may('system:admin') })
  return ({ subject }) => users?.find(({ id }) => id === subject)?.name ?? subject
}
