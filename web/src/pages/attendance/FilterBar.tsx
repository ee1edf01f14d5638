import { clsx } from 'clsx'
import { useQuery } from '@tanstack/react-query'
import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { DateField, Select } from '@/ui/Field.tsx'
import { PersonSearch } from '@/ui/PersonSearch.tsx'
import { quickDays, quickRanges } from './days.ts'
import type { Filters } from './filters.ts'
import { type AttendanceRow, isStatus, statuses } from './status.ts'
import { attendanceTexts } from './texts.ts'

interface FilterBarProps {
  filters: Filters
  today: string | undefined
  rows: readonly AttendanceRow[]
  onChange: (changed: Partial<Filters>) => void
}

export function FilterBar({ filters, today, rows, onChange }: FilterBarProps) {
  const t = useTexts(attendanceTexts)
  const { may } = useSession()
  const [isOpen, setOpen] = useState(false)
  const isNarrow = filters.department !== '' || filters.employee !== '' || filters.statuses.length > 0
  return (
    <div className="mb-4 flex flex-col gap-3 print:hidden">
      <QuickRanges filters={filters} onChange={onChange} />
      {/* A phone shows the list first. */}
      <Button
        size="small"
        className="self-start sm:hidden"
        icon={<ListFilter className="size-4" />}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {t('filters')}
      </Button>
      <div className={clsx('grid grid-cols-2 gap-3 sm:flex sm:flex-wrap sm:items-end', !isOpen && 'max-sm:hidden')}>
        <DayFields filters={filters} today={today} onChange={onChange} />
        <Departments value={filters.department} rows={rows} onChange={(department) => onChange({ department })} />
        {may('persons:read') && (
          <Person code={filters.employee} rows={rows} onChange={(employee) => onChange({ employee })} />
        )}
        <Select
          label={t('status')}
          className="sm:w-44"
          value={filters.statuses.length > 1 ? 'several' : (filters.statuses[0] ?? '')}
          onChange={(event) => {
            const word = event.target.value
            onChange({ statuses: isStatus(word) ? [word] : [] })
          }}
        >
          <option value="">{t('anyStatus')}</option>
          {filters.statuses.length > 1 && <option value="several">{t('someStatuses')}</option>}
          {statuses.map((status) => (
            <option key={status} value={status}>
              {t(status)}
            </option>
          ))}
        </Select>
        {isNarrow && (
          <Button kind="quiet" onClick={() => onChange({ department: '', employee: '', statuses: [] })}>
            {t('clear')}
          </Button>
        )}
      </div>
    </div>
  )
}

type PartProps = Pick<FilterBarProps, 'filters' | 'onChange'>

function QuickRanges({ filters, onChange }: PartProps) {
  const t = useTexts(attendanceTexts)
  return (
    <div role="group" aria-label={t('range')} className="-mx-1 flex gap-1 overflow-x-auto px-1 py-0.5">
      {quickRanges.map((range) => (
        <button
          key={range}
          type="button"
          aria-pressed={filters.range === range}
          onClick={() => onChange({ range, days: null })}
          className={clsx(
            'min-h-9 rounded-lg px-3 text-sm font-medium whitespace-nowrap',
            filters.range === range ? 'bg-accent-soft text-accent-strong' : 'text-soft hover:bg-sunken hover:text-ink',
          )}
        >
          {t(range)}
        </button>
      ))}
    </div>
  )
}

/** The report tells at most this many days at once. */
const mostDays = 92

function DayFields({ filters, today, onChange }: PartProps & { today: string | undefined }) {
  const t = useTexts(attendanceTexts)
  const shown = filters.range === 'days' ? filters.days : today ? quickDays(filters.range, today) : null
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

interface DepartmentsProps {
  value: string
  rows: readonly AttendanceRow[]
  onChange: (department: string) => void
}

export function Departments({ value, rows, onChange }: DepartmentsProps) {
  const t = useTexts(attendanceTexts)
  const { people } = useLive()
  const names = new Set([value, ...rows.map((row) => row.department)])
  for (const person of people.values()) names.add(person.department)
  names.delete('')
  return (
    <Select
      label={t('department')}
      className="sm:w-48"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{t('allDepartments')}</option>
      {[...names]
        .sort((a, b) => a.localeCompare(b))
        .map((name) => (
          <option key={name}>{name}</option>
        ))}
    </Select>
  )
}

interface PersonProps {
  code: string
  rows: readonly { employee_id: string; name: string }[]
  onChange: (code: string) => void
}

export function Person({ code, rows, onChange }: PersonProps) {
  const t = useTexts(attendanceTexts)
  const listed = rows.find((row) => row.employee_id === code)?.name
  // Somebody without a row on these days.
  const { data } = useQuery({
    queryKey: ['employees', code],
    enabled: code !== '' && listed === undefined,
    queryFn: () => answerOf(api.GET('/api/employees/{id}', { params: { path: { id: code } } })),
  })
  return (
    <PersonSearch
      label={t('person')}
      className="sm:w-56"
      placeholder={t('everybody')}
      value={code === '' ? '' : (listed ?? data?.name ?? code)}
      onChoose={(person) => onChange(person?.code ?? '')}
    />
  )
}
