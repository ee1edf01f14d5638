import type { AiStatus, Detection, InitialData, Presence, StatusUpdate } from './events.ts'

/** What the page knows about now. Everything here was told by the server. */
export interface LiveState {
  /** waiting: never connected yet; lost: was connected. */
  connection: 'waiting' | 'connected' | 'lost'
  /** Server's clock minus the browser's, in milliseconds. */
  clockOffset: number
  timeZone: string
  siteName: string
  people: ReadonlyMap<string, Presence>
  ai: AiStatus | null
}

export const emptyState: LiveState = {
  connection: 'waiting',
  clockOffset: 0,
  timeZone: 'UTC',
  siteName: '',
  people: new Map(),
  ai: null,
}

export function withInitialData(state: LiveState, data: InitialData, browserNow: number): LiveState {
  return {
    ...state,
    connection: 'connected',
    clockOffset: Date.parse(data.time) - browserNow,
    timeZone: data.time_zone,
    siteName: data.site_name,
    people: new Map(data.employees.map((person) => [person.id, person])),
  }
}

function withPerson(state: LiveState, person: Presence): LiveState {
  const people = new Map(state.people)
  people.set(person.id, person)
  return { ...state, people }
}

export function withStatusUpdate(state: LiveState, update: StatusUpdate): LiveState {
  const { id, employee_id, name, department, status, last_seen, camera } = update
  return withPerson(state, { id, employee_id, name, department, status, last_seen, camera })
}

/** Being seen makes nobody available: the server says so with an update of its own. */
export function withDetection(state: LiveState, detection: Detection): LiveState {
  const known = state.people.get(detection.id)
  if (known?.last_seen && Date.parse(known.last_seen) > Date.parse(detection.time)) return state
  const { id, employee_id, name, department, camera, time } = detection
  const status = known?.status ?? 'UNAVAILABLE'
  return withPerson(state, { id, employee_id, name, department, status, last_seen: time, camera })
}

/** The list of the API: people who were added or erased meanwhile. What was told live since it was asked for stays. */
export function withPeople(state: LiveState, employees: readonly Presence[]): LiveState {
  const people = new Map<string, Presence>()
  for (const { id, employee_id, name, department, status, last_seen, camera } of employees) {
    const known = state.people.get(id)
    const isNewer = known?.last_seen && (!last_seen || Date.parse(known.last_seen) > Date.parse(last_seen))
    people.set(
      id,
      isNewer ? { ...known, name, department } : { id, employee_id, name, department, status, last_seen, camera },
    )
  }
  return { ...state, people }
}

export const presentCount = (people: Iterable<Presence>): number =>
  Array.from(people).filter((person) => person.status === 'AVAILABLE').length
