import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { clsx } from 'clsx'
import { Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { defineTexts, useTexts } from '@/i18n/texts.ts'
import { Field, inputLook } from './Field.tsx'
import { useErrorText } from './states.tsx'

const texts = defineTexts('person-search', {
  nobody: { en: 'Nobody is called that', id: 'Tidak ada yang bernama itu' },
  clear: { en: 'Clear', id: 'Kosongkan' },
  found: {
    en: { one: '{{count}} person found', other: '{{count}} people found' },
    id: '{{count}} orang ditemukan',
  },
})

export interface FoundPerson {
  /** The employee code. */
  code: string
  name: string
  department: string
}

interface PersonSearchProps {
  label: string
  isLabelHidden?: boolean
  placeholder?: string
  /** Who is chosen: a name to show. */
  value: string
  error?: string | undefined
  onChoose: (person: FoundPerson | null) => void
  className?: string
}

const most = 8

function useLater<T>(value: T, milliseconds: number): T {
  const [later, setLater] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLater(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return later
}

function useFound(words: string) {
  const q = useLater(words.trim(), 200)
  return useQuery({
    queryKey: ['persons', 'search', q],
    enabled: q !== '',
    placeholderData: keepPreviousData,
    queryFn: async (): Promise<FoundPerson[]> => {
      const { data } = await answerOf(api.GET('/api/v1/persons/search', { params: { query: { q, page_size: most } } }))
      return data.map((person) => ({
        code: person.employee_code,
        name: [person.first_name, person.last_name].filter(Boolean).join(' '),
        department: person.department ?? '',
      }))
    },
  })
}

/** Finds somebody by a part of their name or code: a combobox, moved through by the arrow keys. */
export function PersonSearch({
  label,
  isLabelHidden = false,
  placeholder,
  value,
  error,
  onChoose,
  className,
}: PersonSearchProps) {
  const t = useTexts(texts)
  const errorText = useErrorText()
  const listId = useId()
  const [words, setWords] = useState('')
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(0)
  const found = useFound(words)
  const people = words.trim() === '' ? [] : (found.data ?? [])
  const isListed = isOpen && words.trim() !== ''
  const choose = (person: FoundPerson | null) => {
    onChoose(person)
    setWords('')
    setOpen(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && isListed) {
      // The dialog around it stays open.
      event.preventDefault()
      event.stopPropagation()
      setOpen(false)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      setOpen(true)
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((now) => (people.length === 0 ? 0 : (now + step + people.length) % people.length))
    } else if (event.key === 'Enter' && isListed) {
      event.preventDefault()
      const person = people[active]
      if (person) choose(person)
    }
  }
  return (
    <Field label={label} isLabelHidden={isLabelHidden} error={error} className={clsx('relative', className)}>
      {(bound) => (
        <>
          <div className="relative">
            <Search className="pointer-events-none absolute top-3 left-3 size-4 text-soft" aria-hidden />
            <input
              {...bound}
              type="text"
              role="combobox"
              autoComplete="off"
              aria-expanded={isListed}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={isListed && people[active] ? `${listId}-${active}` : undefined}
              placeholder={placeholder}
              value={isOpen || words ? words : value}
              onFocus={() => setOpen(true)}
              onBlur={() => {
                setOpen(false)
                setWords('')
              }}
              onChange={(event) => {
                setWords(event.target.value)
                setOpen(true)
                setActive(0)
              }}
              onKeyDown={onKeyDown}
              className={clsx(inputLook, 'pl-9', value && 'pr-10')}
            />
            {value && (
              <button
                type="button"
                aria-label={t('clear')}
                title={t('clear')}
                onClick={() => choose(null)}
                className="absolute top-1 right-1 grid size-8 place-items-center rounded-md text-soft hover:text-ink"
              >
                <X className="size-4" />
              </button>
            )}
          </div>
          <div role="status" className="sr-only">
            {isListed && found.isSuccess && t('found', { count: people.length })}
          </div>
          <div
            hidden={!isListed}
            className="absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-xl border border-line bg-card p-1 shadow-high"
          >
            <div id={listId} role="listbox" aria-label={label} hidden={people.length === 0}>
              {people.map((person, index) => (
                // The keys are handled by the input, which keeps the focus.
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events
                <div
                  key={person.code}
                  id={`${listId}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  onMouseDown={(event) => event.preventDefault()}
                  onMouseEnter={() => setActive(index)}
                  onClick={() => choose(person)}
                  className={clsx('cursor-default rounded-lg px-3 py-2', index === active && 'bg-sunken')}
                >
                  <span className="block truncate font-medium">{person.name}</span>
                  <span className="block truncate text-sm text-soft">
                    {[person.code, person.department].filter(Boolean).join(' · ')}
                  </span>
                </div>
              ))}
            </div>
            {found.isSuccess && !found.isPlaceholderData && people.length === 0 && (
              <p className="px-3 py-2 text-soft">{t('nobody')}</p>
            )}
            {found.isError && <p className="px-3 py-2 text-bad">{errorText(found.error)}</p>}
          </div>
        </>
      )}
    </Field>
  )
}
