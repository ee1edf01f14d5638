import { clsx } from 'clsx'
import { SlidersHorizontal, X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { Button, buttonLook } from '@/ui/Button.tsx'
import { Select } from '@/ui/Field.tsx'
import { SearchField } from '@/ui/SearchField.tsx'
import { isFiltered, orders, type PeopleFilters, statuses, types } from './filters.ts'
import { peopleTexts } from './texts.ts'

interface FiltersProps {
  filters: PeopleFilters
  onChange: (changed: Partial<PeopleFilters>) => void
  onClear: () => void
}

/** All departments somebody is in. */
export function useDepartments(): string[] {
  const { people } = useLive()
  return useMemo(() => {
    const found = new Set(Array.from(people.values(), (person) => person.department).filter(Boolean))
    return Array.from(found).sort((a, b) => a.localeCompare(b))
  }, [people])
}

export function Filters({ filters, onChange, onClear }: FiltersProps) {
  const t = useTexts(peopleTexts)
  // A phone shows them when asked for, or when some are at work.
  const [isOpen, setOpen] = useState(isFiltered({ ...filters, words: '' }))
  const known = useDepartments()
  const departments = filters.department && !known.includes(filters.department) ? [filters.department, ...known] : known
  const statusWords = { active: t('active'), inactive: t('inactive'), archived: t('archived'), all: t('withArchived') }
  const orderWords = {
    name: t('byName'),
    employee_id: t('byCode'),
    department: t('byDepartment'),
    '-last_seen': t('byLastSeen'),
    templates: t('byFaces'),
  }
  return (
    <div role="search" aria-label={t('filters')} className="border-b border-line p-4 sm:px-5">
      <div className="grid grid-cols-[1fr_auto] gap-2 md:grid-cols-3 xl:grid-cols-[minmax(17rem,1fr)_repeat(5,auto)]">
        <SearchField
          label={t('search')}
          className="md:col-span-3 xl:col-span-1"
          value={filters.words}
          onChange={(words) => onChange({ words })}
        />
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className={clsx(buttonLook(), 'md:hidden')}
        >
          <SlidersHorizontal className="size-4" aria-hidden />
          {t('filter')}
        </button>
        <div className={clsx('md:contents', isOpen ? 'col-span-2 grid grid-cols-2 gap-2' : 'hidden')}>
          <Select
            label={t('department')}
            isLabelHidden
            value={filters.department}
            onChange={(event) => onChange({ department: event.target.value })}
          >
            <option value="">{t('anyDepartment')}</option>
            {departments.map((department) => (
              <option key={department}>{department}</option>
            ))}
          </Select>
          <Choice
            label={t('type')}
            any={t('anyType')}
            value={filters.type}
            choices={types.map((type) => [type, t(type)])}
            onChange={(type) => onChange({ type })}
          />
          <Choice
            label={t('status')}
            any={t('current')}
            value={filters.status}
            choices={statuses.map((status) => [status, statusWords[status]])}
            onChange={(status) => onChange({ status })}
          />
          <Choice
            label={t('enrolment')}
            any={t('anyEnrolment')}
            value={filters.face}
            choices={[
              ['with', t('withFace')],
              ['without', t('withoutFace')],
            ]}
            onChange={(face) => onChange({ face })}
          />
          <Choice
            label={t('sort')}
            value={filters.order}
            choices={orders.map((order) => [order, `↕ ${orderWords[order]}`])}
            onChange={(order) => onChange({ order: order || 'name' })}
          />
        </div>
      </div>
      {isFiltered(filters) && (
        <Button
          kind="quiet"
          size="small"
          className="mt-2 -ml-2"
          icon={<X className="size-4" aria-hidden />}
          onClick={onClear}
        >
          {t('clear')}
        </Button>
      )}
    </div>
  )
}

interface ChoiceProps<T extends string> {
  label: string
  /** What no choice means. */
  any?: string
  value: T | ''
  choices: [T, string][]
  onChange: (value: T | '') => void
}

function Choice<T extends string>({ label, any, value, choices, onChange }: ChoiceProps<T>) {
  return (
    <Select
      label={label}
      isLabelHidden
      value={value}
      onChange={(event) => onChange(choices.find(([choice]) => choice === event.target.value)?.[0] ?? '')}
    >
      {any !== undefined && <option value="">{any}</option>}
      {choices.map(([choice, word]) => (
        <option key={choice} value={choice}>
          {word}
        </option>
      ))}
    </Select>
  )
}
