import { useQuery, useQueryClient } from '@tanstack/react-query'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { StatusPill } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { toast } from '@/ui/toasts.ts'
import { settingsTexts } from '../texts.ts'
import { useUsers } from '../users/useAccounts.ts'
import { KeyDialog } from './KeyDialog.tsx'
import { keyTexts } from './texts.ts'

export type ApiKey = Schema<'ApiKey'>
const key = ['api-keys']

/** ?ended shows revoked and expired ones, too. */
export function KeysTab() {
  const t = useTexts(keyTexts)
  const client = useQueryClient()
  const [params, setParams] = useSearchParams()
  const showsEnded = params.has('ended')
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => answerOf(api.GET('/api/api_keys')) })
  const [isAdding, setAdding] = useState(false)
  const [revoking, setRevoking] = useState<ApiKey | null>(null)
  const changed = () => void client.invalidateQueries({ queryKey: key })
  const columns = useColumns(setRevoking)
  const addButton = (
    <Button kind="primary" icon={<Plus className="size-4" />} onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  )
  return (
    <Card title={t('hint')} isFlush actions={addButton}>
      {data?.some(({ active }) => !active) && (
        <label className="flex items-center gap-2.5 border-b border-line px-5 py-3">
          <input
            type="checkbox"
            checked={showsEnded}
            onChange={(event) => setParams(event.target.checked ? { ended: '' } : {}, { replace: true })}
            className="size-4 accent-accent"
          />
          {t('showEnded')}
        </label>
      )}
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <SkeletonRows count={3} />
      ) : (
        <Table
          label={t('hint')}
          columns={columns}
          rows={data.filter(({ active }) => active || showsEnded)}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon={<KeyRound className="size-6" />} title={t('none')}>
              {t('noneHint')}
            </EmptyState>
          }
        />
      )}
      {isAdding && <KeyDialog onClose={() => setAdding(false)} onMade={changed} />}
      {revoking && (
        <ConfirmDialog
          isDangerous
          title={t('revokeTitle', { name: revoking.name })}
          description={t('revokeHint')}
          confirm={t('revoke')}
          onConfirm={async () => {
            await answerOf(api.DELETE('/api/api_keys/{id}', { params: { path: { id: revoking.id } } }))
            toast('good', t('revokedDone', { name: revoking.name }))
            changed()
          }}
          onClose={() => setRevoking(null)}
        />
      )}
    </Card>
  )
}

function useColumns(onRevoke: (key: ApiKey) => void): Column<ApiKey>[] {
  const t = useTexts(keyTexts)
  const words = useTexts(settingsTexts)
  const { dayAndTime, day } = useTimes()
  const { data: users } = useUsers()
  const userOf = (apiKey: ApiKey) => users?.find(({ id }) => id === apiKey.user_id)?.name ?? '…'
  return [
    {
      key: 'name',
      header: t('name'),
      onPhone: 'title',
      sortBy: ({ name }) => name,
      cell: (apiKey) => (
        <>
          <p className="font-medium">{apiKey.name}</p>
          <p className="font-mono text-sm text-soft">{apiKey.prefix}…</p>
        </>
      ),
    },
    { key: 'user', header: t('user'), cell: userOf },
    {
      key: 'permissions',
      header: t('permissions'),
      cell: (apiKey) => apiKey.permissions.join(', ') || t('everything', { user: userOf(apiKey) }),
    },
    {
      key: 'used',
      header: t('lastUsed'),
      cell: (apiKey) => (apiKey.last_used_at ? dayAndTime(apiKey.last_used_at) : words('never')),
    },
    {
      key: 'end',
      header: t('end'),
      cell: (apiKey) => (apiKey.expires_at ? day(apiKey.expires_at) : '–'),
    },
    { key: 'state', header: t('state'), cell: (apiKey) => <KeyState apiKey={apiKey} /> },
    {
      key: 'revoke',
      header: '',
      align: 'right',
      onPhone: 'corner',
      cell: (apiKey) =>
        apiKey.active && (
          <Button size="small" aria-label={t('revokeOf', { name: apiKey.name })} onClick={() => onRevoke(apiKey)}>
            {t('revoke')}
          </Button>
        ),
    },
  ]
}

function KeyState({ apiKey }: { apiKey: ApiKey }) {
  const t = useTexts(keyTexts)
  if (apiKey.active) return <StatusPill tone="good">{t('active')}</StatusPill>
  return <StatusPill tone="bad">{apiKey.revoked_at ? t('revoked') : t('expired')}</StatusPill>
}
