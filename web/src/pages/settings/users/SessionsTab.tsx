import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { Badge } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { ErrorState, SkeletonRows, useErrorText } from '@/ui/states.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { toast } from '@/ui/toasts.ts'
import { clientName } from './client.ts'
import { userTexts } from './texts.ts'

type OpenSession = Schema<'OpenSession'>
const key = ['own-sessions']

const end = (id: string) => answerOf(api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } }))

/** Where one is signed in oneself. */
export function SessionsTab() {
  const t = useTexts(userTexts)
  const client = useQueryClient()
  const [isAsking, setAsking] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: key,
    queryFn: () => answerOf(api.GET('/api/auth/sessions')),
  })
  const columns = useColumns()
  const others = data?.filter((session) => !session.is_this_one) ?? []
  return (
    <Card
      title={t('sessionsHint')}
      isFlush
      actions={
        others.length > 0 && (
          <Button icon={<LogOut className="size-4" />} onClick={() => setAsking(true)}>
            {t('endOthers')}
          </Button>
        )
      }
    >
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows count={3} />
      ) : (
        <Table label={t('sessionsHint')} columns={columns} rows={data} rowKey={({ id }) => id} empty={null} />
      )}
      {isAsking && (
        <ConfirmDialog
          title={t('endOthersTitle')}
          description={t('endOthersHint', { count: others.length })}
          confirm={t('endOthers')}
          onConfirm={async () => {
            await Promise.all(others.map(({ id }) => end(id)))
            toast('good', t('ended'))
            await client.invalidateQueries({ queryKey: key })
          }}
          onClose={() => setAsking(false)}
        />
      )}
    </Card>
  )
}

function useColumns(): Column<OpenSession>[] {
  const t = useTexts(userTexts)
  const { dayAndTime } = useTimes()
  return [
    {
      key: 'client',
      header: t('device'),
      onPhone: 'title',
      cell: (session) => (
        <span className="flex flex-wrap items-center gap-2">
          <span className="font-medium break-words">{clientName(session.client) || t('unknownDevice')}</span>
          <Badge>{session.kind === 'browser' ? t('browser') : t('program')}</Badge>
          {session.is_this_one && <Badge tone="good">{t('thisOne')}</Badge>}
        </span>
      ),
    },
    { key: 'address', header: t('address'), cell: (session) => session.address },
    { key: 'used', header: t('lastUsed'), cell: (session) => dayAndTime(session.last_used_at) },
    { key: 'ends', header: t('ends'), cell: (session) => dayAndTime(session.expires_at) },
    {
      key: 'end',
      header: '',
      align: 'right',
      onPhone: 'corner',
      cell: (session) => !session.is_this_one && <EndButton session={session} />,
    },
  ]
}

function EndButton({ session }: { session: OpenSession }) {
  const t = useTexts(userTexts)
  const errorText = useErrorText()
  const client = useQueryClient()
  const ending = useMutation({
    mutationFn: () => end(session.id),
    onSuccess: () => toast('good', t('ended')),
    onError: (error) => toast('bad', errorText(error)),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  return (
    <Button size="small" isBusy={ending.isPending} onClick={() => ending.mutate()}>
      {t('end')}
    </Button>
  )
}
