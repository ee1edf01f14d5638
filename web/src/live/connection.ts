import { useEffect, useRef, useSyncExternalStore } from 'react'
import { io, type Socket } from 'socket.io-client'
import { queryClient } from '@/api/queries.ts'
import type { Camera } from '@/api/types.ts'
import type { ClientEvents, Presence, ServerEvents } from './events.ts'
import { emptyState, type LiveState, withDetection, withInitialData, withPeople, withStatusUpdate } from './state.ts'

export type LiveSocket = Socket<ServerEvents, ClientEvents>

let state: LiveState = emptyState
const listeners = new Set<() => void>()

function change(to: LiveState): void {
  if (to === state) return
  state = to
  for (const listener of listeners) listener()
}

/** One for the whole page. Connected while somebody is signed in. */
export const socket: LiveSocket = io(location.origin, {
  autoConnect: false,
  // The WebSocket at once: polling first takes three requests more.
  transports: ['websocket', 'polling'],
  tryAllTransports: true,
  reconnectionDelayMax: 5_000,
})

socket.on('initial_data', (data) => {
  const isBack = state.connection === 'lost'
  change(withInitialData(state, data, Date.now()))
  // What was told meanwhile was missed.
  if (isBack) void queryClient.invalidateQueries()
})
socket.on('ai_status', (ai) => change({ ...state, ai }))
socket.on('camera_status', (camera) => {
  queryClient.setQueryData<Camera[]>(['cameras'], (cameras) =>
    cameras?.map((known) => (known.id === camera.id ? camera : known)),
  )
})
socket.on('employee_detected', (detection) => change(withDetection(state, detection)))
socket.on('employee_status_update', (update) => change(withStatusUpdate(state, update)))
socket.on('disconnect', () => change({ ...state, connection: state.connection === 'waiting' ? 'waiting' : 'lost' }))
socket.on('connect_error', () => {
  // Whether it is the network or the session shows when the session is asked for.
  if (!socket.active) void queryClient.invalidateQueries({ queryKey: ['session'] })
})

export function connectLive(): void {
  socket.connect()
}

export function disconnectLive(): void {
  socket.disconnect()
  change(emptyState)
}

/** The people as the API lists them, for whom nothing is told live when they are added or erased. */
export function adoptPeople(employees: readonly Presence[]): void {
  change(withPeople(state, employees))
}

/** The name that was just saved; other pages hear it when they connect the next time. */
export function adoptSiteName(siteName: string): void {
  change({ ...state, siteName })
}

export function useLive(): LiveState {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => state,
  )
}

/** Calls `handler` with each such event while the component is there. */
export function useLiveEvent<Name extends keyof ServerEvents>(name: Name, handler: ServerEvents[Name]): void {
  const newest = useRef(handler)
  useEffect(() => {
    newest.current = handler
  })
  useEffect(() => {
    const call = (...values: unknown[]) => (newest.current as (...values: unknown[]) => void)(...values)
    const emitter = socket as unknown as Record<'on' | 'off', (name: string, listener: typeof call) => void>
    emitter.on(name, call)
    return () => emitter.off(name, call)
  }, [name])
}

/** Milliseconds since 1970 by the server's clock. */
export const serverNow = (): number => Date.now() + state.clockOffset
