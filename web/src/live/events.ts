import type { Camera, Notification } from '@/api/types.ts'

/** What the server tells over Socket.IO; see docs/live.md. */

export interface CameraName {
  id: string
  name: string
}

export interface LivePerson {
  id: string
  employee_id: string
  name: string
  department: string
}

export interface Presence extends LivePerson {
  status: 'AVAILABLE' | 'UNAVAILABLE'
  last_seen: string | null
  camera: CameraName | null
}

export interface InitialData {
  time: string
  time_zone: string
  /** As the site calls itself; empty: it has no name. */
  site_name: string
  cameras: Camera[]
  employees: Presence[]
  summary: { present: number; total: number }
}

export interface Box {
  track: number
  kind: 'known' | 'unknown' | 'undecided'
  person_id: string | null
  label: string
  confidence: number
  x: number
  y: number
  width: number
  height: number
}

export interface LiveFrame {
  camera_id: string
  number: number
  width: number
  height: number
  boxes: Box[]
  image: ArrayBuffer
}

export interface Detection extends LivePerson {
  camera: CameraName
  time: string
  confidence: number
}

export interface StatusUpdate extends LivePerson {
  event: 'ENTER' | 'EXIT'
  status: 'AVAILABLE' | 'UNAVAILABLE'
  last_seen: string
  camera: CameraName
}

export interface AttendanceUpdate extends LivePerson {
  date: string
  status: string
  first_in: string | null
  last_out: string | null
}

export interface AlertEvent extends LivePerson {
  alert_id: string
  opened_at: string
  last_seen: string
  resolved_at: string | null
  camera: CameraName
}

export interface AiStatus {
  status: 'online' | 'offline'
  well: boolean
  reason: string
  models: string
}

export interface ServerEvents {
  initial_data: (data: InitialData) => void
  frame: (frame: LiveFrame) => void
  video_frame: (frame: LiveFrame) => void
  stream_error: (error: { camera_id: string; message: string }) => void
  stream_stopped: (stopped: { camera_id: string }) => void
  ai_status: (status: AiStatus) => void
  camera_status: (camera: Camera) => void
  employee_detected: (detection: Detection) => void
  employee_status_update: (update: StatusUpdate) => void
  attendance_update: (update: AttendanceUpdate) => void
  alert_log_created: (alert: AlertEvent) => void
  alert_log_resolved: (alert: AlertEvent) => void
  notification: (notification: Notification) => void
  schedule_changed: (change: { message: string }) => void
}

export type Answer = { ok: true } | { ok: false; message: string }

export interface ClientEvents {
  start_stream: (camera: { camera_id: string }, answer: (answer: Answer) => void) => void
  switch_camera: (camera: { camera_id: string }, answer: (answer: Answer) => void) => void
  stop_stream: (camera: { camera_id?: string }, answer: (answer: Answer) => void) => void
}
