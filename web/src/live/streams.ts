import { socket } from './connection.ts'
import type { LiveFrame } from './events.ts'

/** What one view shows: several cameras beside each other, or one alone. */
export interface Watching {
  cameras: readonly string[]
  isAlone: boolean
}

type Receive = (frame: LiveFrame) => void

const receivers = new Map<string, Set<Receive>>()
const problems = new Map<string, string>()
const problemListeners = new Set<() => void>()
let wanted: Watching = { cameras: [], isAlone: false }
let running: readonly string[] = []

function deliver(frame: LiveFrame): void {
  noteProblem(frame.camera_id, undefined)
  for (const receive of receivers.get(frame.camera_id) ?? []) receive(frame)
}

function noteProblem(camera: string, message: string | undefined): void {
  if (problems.get(camera) === message) return
  if (message === undefined) problems.delete(camera)
  else problems.set(camera, message)
  for (const listener of problemListeners) listener()
}

/** Asks the server for what is wanted and not running, and ends what is no longer wanted. */
function settle(): void {
  if (!socket.connected) return
  const { cameras, isAlone } = document.hidden ? { cameras: [], isAlone: false } : wanted
  const only = isAlone ? cameras[0] : undefined
  if (only !== undefined) {
    // The server ends the others by itself.
    socket.emit('switch_camera', { camera_id: only }, tellProblem(only))
  } else {
    for (const camera of running)
      if (!cameras.includes(camera)) socket.emit('stop_stream', { camera_id: camera }, ignore)
    for (const camera of cameras) socket.emit('start_stream', { camera_id: camera }, tellProblem(camera))
  }
  running = only !== undefined ? [only] : cameras
}

const ignore = () => undefined
const tellProblem = (camera: string) => (answer: { ok: boolean; message?: string }) =>
  noteProblem(camera, answer.ok ? undefined : answer.message)

socket.on('frame', deliver)
socket.on('video_frame', deliver)
socket.on('stream_error', ({ camera_id, message }) => noteProblem(camera_id, message))
// After a gap the server knows nothing of what was watched.
socket.on('connect', () => {
  running = []
  settle()
})
// Nobody looks: nothing is sent.
document.addEventListener('visibilitychange', settle)

export function watchCameras(watching: Watching): void {
  wanted = watching
  settle()
}

/** Calls `receive` with each frame of the camera, until the returned function is called. */
export function onFrame(camera: string, receive: Receive): () => void {
  const known = receivers.get(camera) ?? new Set()
  receivers.set(camera, known.add(receive))
  return () => {
    known.delete(receive)
    if (known.size === 0) receivers.delete(camera)
  }
}

export const streamProblem = (camera: string): string | undefined => problems.get(camera)

export function onStreamProblem(listener: () => void): () => void {
  problemListeners.add(listener)
  return () => problemListeners.delete(listener)
}
