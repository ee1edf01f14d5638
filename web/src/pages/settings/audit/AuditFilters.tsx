import { type SubmitEvent, useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { DateField, Select, TextField } from '@/ui/Field.tsx'
import { actions } from './audit.ts'
import { auditTexts } from './texts.ts'

interface AuditFiltersProps {
  params: URLSearchParams
  onShow: (params: URLSearchParams) => void
  /** Asked for once more with the same filters. */
  onSame: () => void
}

/** Typed first and asked for by the button: each reading is noted. */
export function AuditFilters({ params, onShow, onSame }: AuditFiltersProps) {
  const t = useTexts(auditTexts)
  const [form, setForm] = useState({
    action: params.get('action') ?? '',
    actor: params.get('actor') ?? '',
    from: params.get('from') ?? '',
    to: params.get('to') ?? '',
  })
  const change = (values: Partial<typeof form>) => setForm((before) => ({ ...before, ...values }))
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const next = new URLSearchParams(Object.entries(form).filter(([, value]) => value.trim() !== ''))
    if (next.toString() === params.toString()) onSame()
    else onShow(next)
  }
  const known = (actions as readonly string[]).includes(form.action) || form.action === ''
  return (
    <form
      onSubmit={submit}
      className="grid items-end gap-3 border-b border-line p-5 sm:grid-cols-2 xl:grid-cols-[1.2fr_1fr_1fr_1fr_auto]"
    >
      <Select label={t('action')} value={form.action} onChange={(event) => change({ action: event.target.value })}>
        <option value="">{t('anyAction')}</option>
        {!known && <option>{form.action}</option>}
        {actions.map((action) => (
          <option key={action}>{action}</option>
        ))}
      </Select>
      <TextField
        label={t('actor')}
        placeholder={t('actorHint')}
        value={form.actor}
        autoComplete="off"
        autoCapitalize="none"
        onChange={(event) => change({ actor: event.target.value })}
      />
      <DateField label={t('from')} value={form.from} onChange={(event) => change({ from: event.target.value })} />
      <DateField label={t('to')} value={form.to} onChange={(event) => change({ to: event.target.value })} />
      <div className="flex gap-2">
        <Button type="submit" kind="primary">
          {t('show')}
        </Button>
        {params.size > 0 && <Button onClick={() => onShow(new URLSearchParams())}>{t('clear')}</Button>}
      </div>
    </form>
  )
}
