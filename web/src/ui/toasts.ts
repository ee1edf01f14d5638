import { useSyncExternalStore } from 'react'

export interface ToastMessage {
  id: number
  tone: 'good' | 'bad' | 'warn' | 'quiet'
  title: string
  text?: string
}

let messages: readonly ToastMessage[] = []
let next = 1
const listeners = new Set<() => void>()

function change(to: readonly ToastMessage[]): void {
  messages = to
  for (const listener of listeners) listener()
}

/** Tells something in the corner for some seconds: `toast('good', t('saved'))`. */
export function toast(tone: ToastMessage['tone'], title: string, text?: string): void {
  change([...messages.slice(-3), { id: next++, tone, title, ...(text && { text }) }])
}

export function dismissToast(id: number): void {
  change(messages.filter((message) => message.id !== id))
}

export function useToasts(): readonly ToastMessage[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => messages,
  )
}
