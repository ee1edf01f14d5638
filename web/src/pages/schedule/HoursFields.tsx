import { useTexts } from '@/i18n/texts.ts'
import { CheckList } from '@/ui/CheckList.tsx'
import { Select, TextField } from '@/ui/Field.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { isOvernight } from './hours.ts'
import type { HoursForm } from './hoursForm.ts'
import { scheduleTexts } from './texts.ts'
import { useDayNames } from './useSchedule.ts'

interface HoursFieldsProps {
  form: HoursForm
  fields: Readonly<Record<string, string>>
  now: string
  onChange: (values: Partial<HoursForm>) => void
}

export function HoursFields({ form, fields, now, onChange }: HoursFieldsProps) {
  const t = useTexts(scheduleTexts)
  const names = useDayNames()
  const noDay = form.days.length === 0 ? t('pickDay') : undefined
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <TextField
          type="time"
          label={t('workFrom')}
          value={form.start}
          error={fields['work_hours']}
          onChange={(event) => onChange({ start: event.target.value })}
        />
        <TextField
          type="time"
          label={t('workTo')}
          hint={isOvernight(form) ? t('overnight') : undefined}
          value={form.end}
          onChange={(event) => onChange({ end: event.target.value })}
        />
        {form.hasLunch && (
          <>
            <TextField
              type="time"
              label={t('lunchFrom')}
              value={form.lunchStart}
              error={fields['lunch_break']}
              onChange={(event) => onChange({ lunchStart: event.target.value })}
            />
            <TextField
              type="time"
              label={t('lunchTo')}
              value={form.lunchEnd}
              onChange={(event) => onChange({ lunchEnd: event.target.value })}
            />
          </>
        )}
      </div>
      <div className="max-w-xs">
        <Switch label={t('hasLunch')} checked={form.hasLunch} onChange={(hasLunch) => onChange({ hasLunch })} />
      </div>
      <CheckList
        isDense
        label={t('days')}
        error={fields['working_days'] ?? noDay}
        values={form.days.map(String)}
        choices={names.map((label, day) => ({ value: String(day), label }))}
        onChange={(days) => onChange({ days: days.map(Number).sort((a, b) => a - b) })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('grace')}
          hint={t('graceHint')}
          inputMode="numeric"
          value={form.grace}
          error={fields['grace_minutes']}
          onChange={(event) => onChange({ grace: event.target.value })}
        />
        <ValidFrom form={form} fields={fields} now={now} onChange={onChange} />
      </div>
      <TextField
        label={t('reason')}
        isOptional
        hint={t('reasonHint')}
        value={form.remarks}
        error={fields['remarks']}
        maxLength={500}
        onChange={(event) => onChange({ remarks: event.target.value })}
      />
    </>
  )
}

function ValidFrom({ form, fields, now, onChange }: HoursFieldsProps) {
  const t = useTexts(scheduleTexts)
  return (
    <div className="flex flex-col gap-3">
      <Select
        label={t('validFrom')}
        value={form.from === '' ? 'now' : 'later'}
        // From midnight on unless another time is chosen: a day is rarely split.
        onChange={(event) => onChange({ from: event.target.value === 'now' ? '' : nextMidnight(now) })}
      >
        <option value="now">{t('fromNow')}</option>
        <option value="later">{t('fromLater')}</option>
      </Select>
      {form.from !== '' && (
        <TextField
          type="datetime-local"
          label={t('fromTime')}
          isLabelHidden
          value={form.from}
          min={now}
          error={fields['valid_from']}
          onChange={(event) => {
            if (event.target.value) onChange({ from: event.target.value })
          }}
        />
      )}
    </div>
  )
}

function nextMidnight(now: string): string {
  return new Date(Date.parse(`${now.slice(0, 10)}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 16)
}
