import { clsx } from 'clsx'
import { useQuery } from '@tanstack/react-query'
import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Select } from '@/ui/Field.tsx'
import { PersonSearch } from '@/ui/PersonSearch.tsx'
import type { Filters } from './filters.ts'
import { DayFields, QuickRanges } from './RangeFields.tsx'
import { type AttendanceRow, isStatus, statuses } from './status.ts'
import { attendanceTexts } from './texts.ts'

/** The report tells at most this many days at once. */
const mostDays = 92

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
      <QuickRanges range={filters.range} onChange={onChange} />
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
        <DayFields chosen={filters} today={today} mostDays={mostDays} onChange={onChange} />
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
