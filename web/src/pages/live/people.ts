import type { Presence } from '@/live/events.ts'

export type PeopleFilter = 'all' | Presence['status']

/** Letters without case and accents, so that "jose" finds "José". */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/**
 * Who fits the filter and all the words. Who is available comes first, then by name: the order does not change with each
 * sighting, so that nobody's row moves away below the pointer.
 */
export function shownPeople(people: readonly Presence[], filter: PeopleFilter, words: string): Presence[] {
  const wanted = plain(words).split(/\s+/).filter(Boolean)
  const fits = (person: Presence) => {
    const text = plain(`${person.name} ${person.employee_id} ${person.department} ${person.camera?.name ?? ''}`)
    return (filter === 'all' || person.status === filter) && wanted.every((word) => text.includes(word))
  }
  return people.filter(fits).sort((a, b) => a.status.localeCompare(b.status) || a.name.localeCompare(b.name))
}
