import { clsx } from 'clsx'
import { useTexts } from '@/i18n/texts.ts'
import { DateField } from '@/ui/Field.tsx'
import { quickDays, quickRanges, type Range } from './days.ts'
import { attendanceTexts } from './texts.ts'

interface QuickRangesProps {
  range: Range['range']
  onChange: (range: Range) => void
}

export function QuickRanges({ range: chosen, onChange }: QuickRangesProps) {
  const t = useTexts(attendanceTexts)
  return (
    <div role="group" aria-label={t('range')} className="-mx-1 flex gap-1 overflow-x-auto px-1 py-0.5">
      {quickRanges.map((range) => (
        <button
          key={range}
          type="button"
          aria-pressed={chosen === range}
          onClick={() => onChange({ range, days: null })}
          className={clsx(
            'min-h-9 rounded-lg px-3 text-sm font-medium whitespace-nowrap',
            chosen === range ? 'bg-accent-soft text-accent-strong' : 'text-soft hover:bg-sunken hover:text-ink',
          )}
        >
          {t(range)}
        </button>
      ))}
    </div>
  )
}

interface DayFieldsProps {
  chosen: Range
  today: string | undefined
  /** More are refused by the report. */
  mostDays: number
  onChange: (range: Range) => void
}

export function DayFields({ chosen, today, mostDays, onChange }: DayFieldsProps) {
  const t = useTexts(attendanceTexts)
  const shown = chosen.range === 'days' ? chosen.days : today ? quickDays(chosen.range, today) : null
  const choose = (from: string, to: string) => {
    // A field that is being typed in is empty for a moment.
    if (from === '' || to === '') return
    onChange({ range: 'days', days: { from, to } })
  }
  const isTooLong = shown !== null && (Date.parse(shown.to) - Date.parse(shown.from)) / 86_400_000 >= mostDays
  return (
    <>
      <DateField
        label={t('from')}
        className="sm:w-40"
        value={shown?.from ?? ''}
        max={today}
        error={isTooLong ? t('tooManyDays', { count: mostDays }) : undefined}
        onChange={(event) => {
          const from = event.target.value
          const to = shown && shown.to >= from ? shown.to : from
          choose(from, to)
        }}
      />
      <DateField
        label={t('to')}
        className="sm:w-40"
        value={shown?.to ?? ''}
        max={today}
        onChange={(event) => {
          const to = event.target.value
          const from = shown && shown.from <= to ? shown.from : to
          choose(from, to)
        }}
      />
    </>
  )
}
