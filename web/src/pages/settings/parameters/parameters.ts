import type { Schema } from '@/api/types.ts'
import { numberOrText, settingText } from './settingText.ts'

export type Parameter = Schema<'Parameters'>['parameters'][number]

/** The groups of the page, in its order, by the keys they have. What is in none is in the last one. */
export const groups = {
  recognition: ['recognition_threshold', 'target_fpir', 'min_margin', 'liveness'],
  day: ['site_name', 'time_zone', 'day_starts_at', 'present_timeout_sec', 'alert_min_interval_sec'],
  pictures: [
    'attendance_first_in_overwrite_enabled',
    'attendance_last_out_delay_sec',
    'stream_max_width',
    'jpeg_quality',
    'annotation_stride',
  ],
  keeping: [
    'attendance_captures_retention_days',
    'unknown_faces_retention_days',
    'notifications_retention_days',
    'events_retention_days',
    'sightings_retention_days',
  ],
  speed: ['fps_target', 'idle_fps', 'motion_threshold', 'frame_skip', 'detection_size', 'detection_score', 'workers'],
  quality: [
    'quality_min_face_px',
    'quality_min_face_area_frac',
    'quality_min_blur_var',
    'quality_min_brightness',
    'quality_max_brightness',
    'quality_min_score',
    'quality_max_yaw',
    'quality_max_pitch',
  ],
  tracking: [
    'smoothing_window',
    'smoothing_min_votes',
    'max_embeddings_per_track',
    'recheck_interval_sec',
    'event_min_interval_sec',
    'tracker_iou_threshold',
    'tracker_max_misses',
    'tracking_timeout',
  ],
  connection: [
    'rtsp_protocol',
    'open_timeout_sec',
    'read_timeout_sec',
    'use_gstreamer_rtsp',
    'gst_latency_ms',
    'loop',
    'real_time',
  ],
  models: ['model_pack', 'providers', 'runtime_library', 'engine_cache'],
} as const
export type Group = keyof typeof groups | 'other'

export function groupOf(key: string): Group {
  for (const [group, keys] of Object.entries(groups))
    if ((keys as readonly string[]).includes(key)) return group as Group
  return 'other'
}

/** In the order of the page, without the groups that are empty. */
export function grouped(parameters: readonly Parameter[]): [Group, Parameter[]][] {
  const order = (key: string) =>
    Object.values(groups)
      .flat()
      .indexOf(key as never)
  return ([...Object.keys(groups), 'other'] as Group[])
    .map((group): [Group, Parameter[]] => [
      group,
      parameters.filter(({ key }) => groupOf(key) === group).sort((a, b) => order(a.key) - order(b.key)),
    ])
    .filter(([, found]) => found.length > 0)
}

/** What is sent for a text; an empty one puts the default back where nothing is no value of its own. */
export function valueOf(parameter: Parameter, text: string): unknown {
  const trimmed = text.trim()
  if (parameter.kind === 'boolean') return trimmed === 'true'
  if (trimmed === '') return isText(parameter) ? '' : null
  if (parameter.kind === 'integer' || parameter.kind === 'number') return numberOrText(trimmed)
  if (parameter.kind === 'size' && /^\d+$/.test(trimmed)) return Number(trimmed)
  return trimmed
}

const isText = ({ kind }: Parameter): boolean => kind === 'text' || kind === 'time_zone' || kind === 'names'

export const isDefault = (parameter: Parameter): boolean =>
  settingText(parameter.value) === settingText(parameter.default)

/** The words of a choice: "tcp or udp" and "a, b or c". */
export const choicesOf = ({ allowed }: Parameter): string[] => allowed.split(/, | or /)

/** Whether a restart of the analysis is enough; the others wait for the next start of hadir. */
export const isOfAnalysis = ({ per_camera: isPerCamera, key }: Parameter): boolean => isPerCamera || key === 'workers'

/** What the server says of allowed values, in Indonesian. */
export function allowedInIndonesian(allowed: string): string {
  return allowed
    .replace('a whole number', 'bilangan bulat')
    .replace('a number', 'angka')
    .replace('true or false', 'ya atau tidak')
    .replace('a time of day', 'jam')
    .replace('an IANA time zone such as', 'zona waktu IANA seperti')
    .replace('a comma list of', 'daftar berkoma dari')
    .replace(/a line of at most (\d+) characters/, 'satu baris paling banyak $1 karakter')
    .replace('a text', 'teks')
    .replace('with sides of', 'dengan sisi')
    .replace(' or null', ' atau kosong')
    .replace(/ or /g, ' atau ')
    .replace(/ and /g, ' dan ')
}

const units: Readonly<Record<string, string>> = {
  'frames/s': 'bingkai/detik',
  frames: 'bingkai',
  pixels: 'piksel',
  score: 'nilai',
  share: 'bagian',
  similarity: 'kemiripan',
  probability: 'peluang',
  votes: 'suara',
  overlap: 'tumpang tindih',
  s: 'detik',
  faces: 'wajah',
  variance: 'varians',
  brightness: 'kecerahan',
  degrees: 'derajat',
  days: 'hari',
  threads: 'utas',
  'local time': 'waktu setempat',
}
export const unitInIndonesian = (unit: string): string => units[unit] ?? unit
