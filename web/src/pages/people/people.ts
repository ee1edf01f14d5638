import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'
import type { Employee, Schema } from '@/api/types.ts'
import { type ListQuery } from './filters.ts'

export type FaceTemplate = Schema<'FaceTemplate'>
export type PersonPhoto = Schema<'Photo'>

interface PeoplePage {
  people: Employee[]
  total: number
}

const pageSize = 200

export const peopleQuery = (query: ListQuery) =>
  infiniteQueryOptions({
    queryKey: ['people', 'list', query],
    initialPageParam: 1,
    queryFn: async ({ pageParam }): Promise<PeoplePage> => {
      const asked = await api.GET('/api/employees', {
        params: { query: { ...query, page: pageParam, page_size: pageSize } },
      })
      const people = await answerOf(Promise.resolve(asked))
      return { people, total: Number(asked.response.headers.get('x-total-count') ?? people.length) }
    },
    getNextPageParam: (last, pages) => (pages.length * pageSize < last.total ? pages.length + 1 : undefined),
    refetchInterval: 60_000,
    // The rows stay while others are searched for.
    placeholderData: (before) => before,
  })

/** By code or id. */
export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'one', id],
    queryFn: () => answerOf(api.GET('/api/employees/{id}', { params: { path: { id } } })),
  })

export const templatesQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'templates', id],
    queryFn: () => answerOf(api.GET('/api/employees/{id}/face_templates', { params: { path: { id } } })),
  })

export const photosQuery = (id: string) =>
  queryOptions({
    queryKey: ['people', 'photos', id],
    queryFn: () => answerOf(api.GET('/api/employees/{id}/photos', { params: { path: { id } } })),
  })

/** After somebody was changed: also what other pages know of people. */
export async function renewPeople(client: QueryClient): Promise<void> {
  await Promise.all([
    client.invalidateQueries({ queryKey: ['people'] }),
    client.invalidateQueries({ queryKey: ['employees'] }),
  ])
}

/** The address of somebody's attendance. */
export const attendanceAddress = (code: string): string => `/attendance?employee=${encodeURIComponent(code)}`

/** The address of somebody's details: by their code, where that can stand in an address as it is. */
export const personAddress = ({ employee_id: code, id }: Pick<Employee, 'employee_id' | 'id'>): string =>
  `/people/${/^[\w.-]+$/.test(code) && /\w/.test(code) ? code : id}`
