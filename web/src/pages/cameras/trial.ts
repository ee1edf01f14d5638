import { useEffect, useRef, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { CameraTrial } from '@/api/types.ts'

/** A test of a connection; a new one ends the one before, and leaving ends it, too. */
export function useTrial() {
  const [state, setState] = useState<{ is: 'idle' | 'running' } | { is: 'done'; trial: CameraTrial } | Failed>({
    is: 'idle',
  })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const start = async (id: string | undefined, input: Record<string, unknown>) => {
    running.current?.abort()
    const mine = new AbortController()
    running.current = mine
    setState({ is: 'running' })
    try {
      const trial = await answerOf(ask(id, input, mine.signal))
      if (running.current === mine) setState({ is: 'done', trial })
    } catch (error) {
      if (running.current === mine && !mine.signal.aborted) setState({ is: 'failed', error })
    }
  }
  return { state, start }
}

interface Failed {
  is: 'failed'
  error: unknown
}

function ask(id: string | undefined, body: Record<string, unknown>, signal: AbortSignal) {
  if (id === undefined) return api.POST('/api/cameras/test', { body, signal })
  return api.POST('/api/cameras/{id}/test', { params: { path: { id } }, body, signal })
}
