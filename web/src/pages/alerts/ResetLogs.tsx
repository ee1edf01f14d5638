import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { DateField, Select, TextField } from '@/ui/Field.tsx'
import { Skeleton, useErrorText } from '@/ui/states.tsx'
import { alertTexts } from './texts.ts'

const tables = ['both', 'events', 'alert_logs'] as const
type Logs = (typeof tables)[number]

interface Wanted {
  table: Logs
  from_date?: string
  to_date?: string
}

const send = (body: Wanted & { preview: boolean }) => answerOf(api.POST('/api/admin/reset_logs', { body }))

/** Removes logs after showing how many rows would go and having a word typed. */
export function ResetLogs({ onClose }: { onClose: () => void }) {
  const t = useTexts(alertTexts)
  const common = useTexts(commonTexts)
  const client = useQueryClient()
  const errorText = useErrorText()
  const [table, setTable] = useState<Logs>('both')
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [typed, setTyped] = useState('')
  const wanted: Wanted = { table, ...(from && { from_date: from }), ...(to && { to_date: to }) }
  const preview = useQuery({
    queryKey: ['reset-preview', wanted],
    gcTime: 0,
    staleTime: 0,
    retry: false,
    queryFn: () => send({ ...wanted, preview: true }),
  })
  const reset = useMutation({
    mutationFn: () => send({ ...wanted, preview: false }),
    onSettled: () => client.invalidateQueries({ queryKey: ['alerts'] }),
  })
  const fields = preview.error instanceof ApiError ? preview.error.fields : {}
  const count = preview.data ? preview.data.deleted_events + preview.data.deleted_alert_logs : 0
  // What is typed is meant for what is shown: another choice has to be confirmed anew.
  const choose = (set: () => void) => {
    set()
    setTyped('')
    reset.reset()
  }
  if (reset.data)
    return (
      <Dialog
        key="done"
        size="small"
        title={t('wentTitle')}
        onClose={onClose}
        footer={
          <Button kind="primary" onClick={onClose}>
            {common('close')}
          </Button>
        }
      >
        <p role="status">{t('went', { events: reset.data.deleted_events, alerts: reset.data.deleted_alert_logs })}</p>
      </Dialog>
    )
  return (
    <Dialog
      title={t('reset')}
      description={t('resetHint')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button
            kind="danger"
            disabled={count === 0 || typed !== t('word')}
            isBusy={reset.isPending}
            onClick={() => reset.mutate()}
          >
            {t('doReset')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Select
          label={t('what')}
          value={table}
          onChange={(event) => choose(() => setTable(tables.find((one) => one === event.target.value) ?? 'both'))}
        >
          {tables.map((one) => (
            <option key={one} value={one}>
              {t(one)}
            </option>
          ))}
        </Select>
        <div className="grid gap-4 sm:grid-cols-2">
          <DateField
            label={t('from')}
            isOptional
            value={from}
            error={fields['from_date']}
            onChange={(event) => choose(() => setFrom(event.target.value))}
          />
          <DateField
            label={t('to')}
            isOptional
            value={to}
            hint={t('emptyDays')}
            error={fields['to_date']}
            onChange={(event) => choose(() => setTo(event.target.value))}
          />
        </div>
        <Preview query={preview} wanted={wanted} />
        {count > 0 && (
          <TextField
            label={t('typeWord', { word: t('word') })}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
        {reset.isError && (
          <p role="alert" className="text-bad">
            {errorText(reset.error)}
          </p>
        )}
      </div>
    </Dialog>
  )
}

interface Counts {
  deleted_events: number
  deleted_alert_logs: number
}

interface PreviewProps {
  query: { data: Counts | undefined; error: Error | null }
  wanted: Wanted
}

function Preview({ query: { data, error }, wanted }: PreviewProps) {
  const t = useTexts(alertTexts)
  const errorText = useErrorText()
  const id = useId()
  const isEverything = !wanted.from_date && !wanted.to_date
  const isNothing = data?.deleted_events === 0 && data.deleted_alert_logs === 0
  return (
    <div role="status" aria-labelledby={id} className="rounded-xl bg-sunken px-4 py-3">
      <p id={id} className="text-sm text-soft">
        {t('wouldGo')}
      </p>
      {error && <p className="text-bad">{errorText(error)}</p>}
      {!error && !data && <Skeleton className="h-6 w-48" />}
      {isNothing && <p>{t('nothingGoes')}</p>}
      {data && !isNothing && (
        <p className="font-semibold">
          {wanted.table !== 'alert_logs' && t('eventCount', { count: data.deleted_events })}
          {wanted.table === 'both' && ', '}
          {wanted.table !== 'events' && t('alertCount', { count: data.deleted_alert_logs })}
          {isEverything && <span className="text-bad"> {t('ofAllTime')}</span>}
        </p>
      )}
    </div>
  )
}
