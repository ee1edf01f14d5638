import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { Crosshair, UsersRound } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { adoptPeople, useLive } from '@/live/connection.ts'
import type { Presence } from '@/live/events.ts'
import { useNow } from '@/live/useNow.ts'
import { StatusPill } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { SearchField } from '@/ui/SearchField.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { type PeopleFilter, shownPeople } from './people.ts'
import { liveTexts } from './texts.ts'

interface PeoplePanelProps {
  /** Shows the camera that saw somebody last. */
  onTrack: (camera: string) => void
}

export function PeoplePanel({ onTrack }: PeoplePanelProps) {
  const t = useTexts(liveTexts)
  const { people, connection } = useLive()
  const [words, setWords] = useState('')
  const [filter, setFilter] = useState<PeopleFilter>('all')
  const query = useQuery({
    queryKey: ['employees'],
    queryFn: () => answerOf(api.GET('/api/employees')),
    refetchInterval: 60_000,
  })
  const employees = query.data
  useEffect(() => {
    if (employees) adoptPeople(employees)
  }, [employees])
  const all = useMemo(() => Array.from(people.values()), [people])
  const shown = useMemo(() => shownPeople(all, filter, words), [all, filter, words])
  const isKnown = connection !== 'waiting' || query.isSuccess
  return (
    <Card title={t('people')} isFlush className="flex flex-col">
      <div className="flex flex-col gap-3 border-b border-line p-4">
        <SearchField label={t('searchPeople')} value={words} onChange={setWords} />
        <Filter people={all} value={filter} onChange={setFilter} />
      </div>
      {!isKnown && query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!isKnown && !query.isError && <SkeletonRows />}
      {isKnown && all.length === 0 && (
        <EmptyState icon={<UsersRound className="size-6" />} title={t('noPeople')}>
          {t('noPeopleHint')}
        </EmptyState>
      )}
      {isKnown && all.length > 0 && shown.length === 0 && <EmptyState title={t('nobodyFound')} />}
      {shown.length > 0 && <PeopleList people={shown} onTrack={onTrack} />}
    </Card>
  )
}

interface FilterProps {
  people: readonly Presence[]
  value: PeopleFilter
  onChange: (value: PeopleFilter) => void
}

function Filter({ people, value, onChange }: FilterProps) {
  const t = useTexts(liveTexts)
  const present = people.filter((person) => person.status === 'AVAILABLE').length
  const choices: [PeopleFilter, string, number][] = [
    ['all', t('everybody'), people.length],
    ['AVAILABLE', t('available'), present],
    ['UNAVAILABLE', t('unavailable'), people.length - present],
  ]
  return (
    <div role="group" aria-label={t('filter')} className="flex rounded-lg bg-sunken p-1 text-sm">
      {choices.map(([choice, label, count]) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === value}
          onClick={() => onChange(choice)}
          className={clsx(
            'min-h-8 flex-1 rounded-md px-2 font-medium',
            choice === value ? 'bg-card shadow-sm' : 'text-soft hover:text-ink',
          )}
        >
          {label} <span className="font-normal text-soft">{count}</span>
        </button>
      ))}
    </div>
  )
}

const rowHeight = 69

function PeopleList({ people, onTrack }: PeoplePanelProps & { people: readonly Presence[] }) {
  const label = useTexts(liveTexts)('people')
  const scroller = useRef<HTMLDivElement>(null)
  const virtualizer = useVirtualizer({
    count: people.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  return (
    <div
      ref={scroller}
      // A list that scrolls must be reachable by the keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label={label}
      className="max-h-[min(40rem,70dvh)] overflow-y-auto focus-visible:-outline-offset-2"
    >
      <ul className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const person = people[item.index]
          return (
            person && (
              <li
                key={person.id}
                aria-setsize={people.length}
                aria-posinset={item.index + 1}
                className="absolute inset-x-0 top-0 flex items-center gap-3 border-b border-line px-4"
                style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              >
                <PersonRow person={person} onTrack={onTrack} />
              </li>
            )
          )
        })}
      </ul>
    </div>
  )
}

function PersonRow({ person, onTrack }: PeoplePanelProps & { person: Presence }) {
  const t = useTexts(liveTexts)
  const common = useTexts(commonTexts)
  const isAvailable = person.status === 'AVAILABLE'
  return (
    <>
      <Photo name={person.name} className="size-10" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium" title={person.name}>
          {person.name}
        </p>
        <LastSeen person={person} />
      </div>
      <StatusPill tone={isAvailable ? 'good' : 'quiet'}>
        {isAvailable ? common('available') : t('unavailable')}
      </StatusPill>
      {person.camera && (
        <TrackButton name={person.name} camera={person.camera.name} onPress={() => onTrack(person.camera?.id ?? '')} />
      )}
    </>
  )
}

function TrackButton({ name, camera, onPress }: { name: string; camera: string; onPress: () => void }) {
  const t = useTexts(liveTexts)
  const label = t('trackPerson', { name, camera })
  return (
    <Button kind="quiet" size="small" aria-label={label} title={label} className="-mr-2 px-2!" onClick={onPress}>
      <Crosshair className="size-4.5 text-soft" aria-hidden />
    </Button>
  )
}

/** Ticks by itself, so that only this line is made anew each second. */
function LastSeen({ person }: { person: Presence }) {
  const t = useTexts(liveTexts)
  const common = useTexts(commonTexts)
  const times = useTimes()
  const now = useNow()
  if (!person.last_seen) return <p className="truncate text-sm text-soft">{t('notSeen')}</p>
  const ago = times.ago((now - Date.parse(person.last_seen)) / 1000) ?? common('justNow')
  return (
    <p className="truncate text-sm text-soft" title={times.dayAndTime(person.last_seen)}>
      {person.camera ? t('lastSeen', { camera: person.camera.name, ago }) : ago}
    </p>
  )
}
