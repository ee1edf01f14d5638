import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { wallClock, zonedTime } from '@/i18n/zoned.ts'
import { serverNow, useLive } from '@/live/connection.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { CheckList } from '@/ui/CheckList.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Select, TextField } from '@/ui/Field.tsx'
import { Secret } from '@/ui/Secret.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { settingsTexts } from '../texts.ts'
import { permissionChoices } from '../users/permissions.ts'
import { useUsers } from '../users/useAccounts.ts'
import type { ApiKey } from './KeysTab.tsx'
import { keyTexts } from './texts.ts'

/** Asks what the key may, makes it and shows it, this once. */
export function KeyDialog({ onClose, onMade }: { onClose: () => void; onMade: () => void }) {
  const [made, setMade] = useState<ApiKey | null>(null)
  if (made) return <MadeKey made={made} onClose={onClose} />
  return (
    <NewKey
      onClose={onClose}
      onMade={(apiKey) => {
        setMade(apiKey)
        onMade()
      }}
    />
  )
}

function MadeKey({ made, onClose }: { made: ApiKey; onClose: () => void }) {
  const t = useTexts(keyTexts)
  const words = useTexts(settingsTexts)
  const common = useTexts(commonTexts)
  return (
    <Dialog
      title={t('madeTitle', { name: made.name })}
      description={t('madeHint')}
      onClose={onClose}
      footer={
        <Button kind="primary" onClick={onClose}>
          {common('done')}
        </Button>
      }
    >
      <Secret
        label={t('key')}
        value={made.key ?? ''}
        copy={words('copy')}
        copied={words('copied')}
        failed={words('copyFailed')}
      />
      <p className="mt-2 text-sm font-medium text-warn">{words('shownOnce')}</p>
    </Dialog>
  )
}

interface KeyForm {
  name: string
  user: string
  permissions: string[]
  /** Days, "" for no end, or "time". */
  lasts: string
  /** By the site's clock. */
  until: string
}

function expiryOf({ lasts, until }: KeyForm, timeZone: string): string | null {
  if (lasts === '') return null
  if (lasts === 'time') return zonedTime(until, timeZone)
  return new Date(serverNow() + Number(lasts) * 86_400_000).toISOString()
}

function NewKey({ onClose, onMade }: { onClose: () => void; onMade: (made: ApiKey) => void }) {
  const t = useTexts(keyTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const { timeZone } = useLive()
  const { session } = useSession()
  const formId = useId()
  const [form, setForm] = useState<KeyForm>(() => ({
    ...{ name: '', user: session.user.id, permissions: [], lasts: '365' },
    until: wallClock(serverNow() + 7 * 86_400_000, timeZone),
  }))
  const make = useMutation({
    // Kept in nobody's cache: it holds the key.
    gcTime: 0,
    mutationFn: () => {
      const { name, user, permissions } = form
      const body = { name: name.trim(), user_id: user, permissions, expires_at: expiryOf(form, timeZone) }
      return answerOf(api.POST('/api/api_keys', { body }))
    },
    onSuccess: onMade,
  })
  const fields = make.error instanceof ApiError ? make.error.fields : {}
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    make.mutate()
  }
  return (
    <Dialog
      title={t('addTitle')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" isBusy={make.isPending}>
            {t('add')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
        <KeyFields form={form} fields={fields} onChange={(values) => setForm((before) => ({ ...before, ...values }))} />
        {make.error && Object.keys(fields).length === 0 && (
          <p role="alert" className="text-bad">
            {errorText(make.error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}

interface KeyFieldsProps {
  form: KeyForm
  fields: Readonly<Record<string, string>>
  onChange: (values: Partial<KeyForm>) => void
}

function KeyFields({ form, fields, onChange }: KeyFieldsProps) {
  const t = useTexts(keyTexts)
  const language = useLanguage()
  const { session } = useSession()
  const { data: users } = useUsers()
  const choices = users?.filter(({ active }) => active) ?? [session.user]
  return (
    <>
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        value={form.name}
        error={fields['name']}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label={t('user')}
          hint={t('userHint')}
          value={form.user}
          error={fields['user_id']}
          onChange={(event) => onChange({ user: event.target.value })}
        >
          {choices.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
        <Select
          label={t('expires')}
          value={form.lasts}
          error={form.lasts === 'time' ? undefined : fields['expires_at']}
          onChange={(event) => onChange({ lasts: event.target.value })}
        >
          <option value="30">{t('in30')}</option>
          <option value="90">{t('in90')}</option>
          <option value="365">{t('in365')}</option>
          <option value="time">{t('pickTime')}</option>
          <option value="">{t('noEnd')}</option>
        </Select>
        {form.lasts === 'time' && (
          <TextField
            type="datetime-local"
            label={t('until')}
            value={form.until}
            error={fields['expires_at']}
            onChange={(event) => onChange({ until: event.target.value })}
          />
        )}
      </div>
      <CheckList
        label={t('permissions')}
        hint={t('permissionsHint')}
        error={fields['permissions']}
        values={form.permissions}
        choices={permissionChoices(language)}
        onChange={(permissions) => onChange({ permissions })}
      />
    </>
  )
}
