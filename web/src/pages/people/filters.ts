import type { paths } from '@/api/schema.d.ts'

export type ListQuery = NonNullable<paths['/api/employees']['get']['parameters']['query']>

export const statuses = ['active', 'inactive', 'archived', 'all'] as const
export const types = ['employee', 'visitor', 'contractor'] as const
/** As the server names them. Who was seen last and who lacks faces are what is looked for: so those are turned round. */
export const orders = ['name', 'employee_id', 'department', '-last_seen', 'templates'] as const

export interface PeopleFilters {
  words: string
  department: string
  type: (typeof types)[number] | ''
  status: (typeof statuses)[number] | ''
  face: 'with' | 'without' | ''
  order: (typeof orders)[number]
}

function oneOf<const T extends string>(choices: readonly T[], value: string | null): T | '' {
  return choices.find((choice) => choice === value) ?? ''
}

/** Of the page's address, which others may have written by hand. */
export function filtersOf(params: URLSearchParams): PeopleFilters {
  return {
    words: (params.get('q') ?? '').slice(0, 100),
    department: params.get('department') ?? '',
    type: oneOf(types, params.get('type')),
    status: oneOf(statuses, params.get('status')),
    face: oneOf(['with', 'without'], params.get('face')),
    order: oneOf(orders, params.get('sort')) || 'name',
  }
}

const names = { words: 'q', department: 'department', type: 'type', status: 'status', face: 'face', order: 'sort' }

/** The address with some filters changed; what is as usual does not stand there. */
export function withFilters(params: URLSearchParams, changed: Partial<PeopleFilters>): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [key, name] of Object.entries(names)) {
    const value = changed[key as keyof PeopleFilters]
    if (value === undefined) continue
    if (value === '' || (key === 'order' && value === 'name')) next.delete(name)
    else next.set(name, value)
  }
  return next
}

export const isFiltered = ({ words, department, type, status, face }: PeopleFilters): boolean =>
  [words.trim(), department, type, status, face].some((value) => value !== '')

/** What to ask the server for. */
export function queryOf({ words, department, type, status, face, order }: PeopleFilters): ListQuery {
  return {
    ...(words.trim() && { q: words.trim() }),
    ...(department && { department }),
    ...(type && { type }),
    ...(status && { person_status: status }),
    ...(face && { enrolled: face === 'with' }),
    ...(order !== 'name' && { sort: order }),
  }
}
