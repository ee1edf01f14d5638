import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { DatabaseBackup, Download, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { Button, IconButton, buttonLook } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { EmptyState, ErrorState, SkeletonRows, useErrorText } from '@/ui/states.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { toast } from '@/ui/toasts.ts'
import { sizeText } from './sizeText.ts'
import { systemTexts } from './texts.ts'

type Backup = Schema<'Backup'>
const key = ['backups']

export function BackupsTab() {
  const t = useTexts(systemTexts)
  const errorText = useErrorText()
  const { dayAndTime } = useTimes()
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => answerOf(api.GET('/api/backups')) })
  const [removing, setRemoving] = useState<Backup | null>(null)
  const make = useMutation({
    mutationFn: () => answerOf(api.POST('/api/backups')),
    onSuccess: (backup) => toast('good', t('backupMade', { name: backup.name })),
    onError: (failure) => toast('bad', errorText(failure)),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  })
  const columns = useColumns(setRemoving)
  return (
    <div className="flex flex-col gap-5">
      <div className="max-w-4xl text-soft">
        <p>{t('backupsHint')}</p>
        <p className="mt-1">{t('restoreHint')}</p>
      </div>
      <Card
        title={t('backups')}
        isFlush
        actions={
          <Button
            kind="primary"
            icon={<DatabaseBackup className="size-4" />}
            isBusy={make.isPending}
            onClick={() => make.mutate()}
          >
            {t('backupNow')}
          </Button>
        }
      >
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <SkeletonRows count={3} />
        ) : (
          <Table
            label={t('backups')}
            columns={columns}
            rows={data}
            rowKey={({ name }) => name}
            empty={
              <EmptyState icon={<DatabaseBackup className="size-6" />} title={t('noBackups')}>
                {t('noBackupsHint')}
              </EmptyState>
            }
          />
        )}
      </Card>
      {removing && (
        <ConfirmDialog
          isDangerous
          title={t('removeTitle', { name: removing.name })}
          description={t('removeHint', { time: dayAndTime(removing.made_at) })}
          confirm={t('remove')}
          onConfirm={async () => {
            await answerOf(api.DELETE('/api/backups/{name}', { params: { path: { name: removing.name } } }))
            toast('good', t('removed', { name: removing.name }))
            await client.invalidateQueries({ queryKey: key })
          }}
          onClose={() => setRemoving(null)}
        />
      )}
    </div>
  )
}

function useColumns(onRemove: (backup: Backup) => void): Column<Backup>[] {
  const t = useTexts(systemTexts)
  const { day } = useTimes()
  return [
    {
      key: 'name',
      header: t('backupName'),
      onPhone: 'title',
      sortBy: ({ name }) => name,
      cell: ({ name }) => <span className="font-medium break-all">{name}</span>,
    },
    {
      key: 'made',
      header: t('made'),
      sortBy: (backup) => backup.made_at,
      cell: (backup) => `${day(backup.made_at)}, ${backup.made_at.slice(11, 16)}`,
    },
    { key: 'size', header: t('size'), sortBy: ({ bytes }) => bytes, cell: ({ bytes }) => sizeText(bytes) },
    {
      key: 'actions',
      header: '',
      align: 'right',
      cell: ({ name, ...rest }) => (
        <span className="inline-flex items-center gap-1.5">
          <a
            href={`/api/backups/${encodeURIComponent(name)}`}
            download={name}
            aria-label={t('downloadOf', { name })}
            className={buttonLook({ size: 'small' })}
          >
            <Download className="size-4" aria-hidden />
            {t('download')}
          </a>
          <IconButton label={t('removeOf', { name })} className="size-8" onClick={() => onRemove({ name, ...rest })}>
            <Trash2 className="size-4" />
          </IconButton>
        </span>
      ),
    },
  ]
}
