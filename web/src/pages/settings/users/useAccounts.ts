import { queryOptions, useQuery } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'

export type User = Schema<'User'>
export type Role = Schema<'Role'>

export const usersKey = ['users']
export const rolesKey = ['roles']

export const usersQuery = queryOptions({ queryKey: usersKey, queryFn: () => answerOf(api.GET('/api/users')) })

export function useUsers() {
  return useQuery(usersQuery)
}

export function useRoles() {
  return useQuery({ queryKey: rolesKey, queryFn: () => answerOf(api.GET('/api/roles')) })
}

/** Everybody who may be joined with a user, and the departments there are. */
export function useEmployees() {
  return useQuery({ queryKey: ['settings', 'employees'], queryFn: () => answerOf(api.GET('/api/employees')) })
}
