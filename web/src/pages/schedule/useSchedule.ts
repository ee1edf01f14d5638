import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Schema } from '@/api/types.ts'
import { useLanguage } from '@/i18n/language.ts'
import { useLiveEvent } from '@/live/connection.ts'

export type ScheduleState = Schema<'ScheduleState'>
export type ScheduleVersion = Schema<'ScheduleVersion'>

const key = ['schedule']

/** The schedule now: asked for again now and then, since hours begin and end, and when somebody changes it. */
export function useScheduleState() {
  const client = useQueryClient()
  useLiveEvent('schedule_changed', () => void client.invalidateQueries({ queryKey: key }))
  return useQuery({
    queryKey: [...key, 'state'],
    queryFn: () => answerOf(api.GET('/api/schedule/state')),
    refetchInterval: 20_000,
  })
}

export function useVersions() {
  return useQuery({
    queryKey: [...key, 'versions'],
    queryFn: () => answerOf(api.GET('/api/schedule/versions')),
  })
}

/** A change of the schedule; its answer is the schedule after it. */
export function useChange<Values>(
  ask: (values: Values) => Promise<ScheduleState>,
  onDone: (state: ScheduleState) => void,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ask,
    onSuccess: (state) => {
      client.setQueryData([...key, 'state'], state)
      void client.invalidateQueries({ queryKey: key })
      onDone(state)
    },
  })
}

/** Short names of the days, Monday first. */
export function useDayNames(): string[] {
  const language = useLanguage()
  return useMemo(() => {
    const format = new Intl.DateTimeFormat(language === 'id' ? 'id-ID' : 'en-GB', { weekday: 'short', timeZone: 'UTC' })
    return Array.from({ length: 7 }, (_, day) => format.format(Date.UTC(2026, 0, 5 + day)))
  }, [language])
}
