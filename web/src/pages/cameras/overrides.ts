import { numberOrText } from '@/pages/settings/parameters/settingText.ts'

/** Every parameter that a camera may have of its own, by what its field is. A story compares them with the server's. */
export const overrideKinds = {
  rtsp_protocol: 'choice',
  fps_target: 'number',
  quality_min_face_px: 'number',
  open_timeout_sec: 'number',
  loop: 'boolean',
  liveness: 'boolean',
  recognition_threshold: 'number',
  target_fpir: 'number',
  min_margin: 'number',
  idle_fps: 'number',
  motion_threshold: 'number',
  frame_skip: 'number',
  detection_size: 'size',
  detection_score: 'number',
  annotation_stride: 'number',
  quality_min_face_area_frac: 'number',
  quality_min_blur_var: 'number',
  quality_min_brightness: 'number',
  quality_max_brightness: 'number',
  quality_min_score: 'number',
  quality_max_yaw: 'number',
  quality_max_pitch: 'number',
  smoothing_window: 'number',
  smoothing_min_votes: 'number',
  max_embeddings_per_track: 'number',
  recheck_interval_sec: 'number',
  event_min_interval_sec: 'number',
  tracker_iou_threshold: 'number',
  tracker_max_misses: 'number',
  tracking_timeout: 'number',
  read_timeout_sec: 'number',
  use_gstreamer_rtsp: 'boolean',
  gst_latency_ms: 'number',
  real_time: 'boolean',
} as const satisfies Record<string, 'choice' | 'number' | 'boolean' | 'size'>

export type OverrideField = keyof typeof overrideKinds
export const overrideFields = Object.keys(overrideKinds) as OverrideField[]

/** What stands under "Advanced", in its order; the others have a place of their own above it. */
export const advancedGroups = {
  recognition: ['recognition_threshold', 'target_fpir', 'min_margin'],
  speed: ['idle_fps', 'motion_threshold', 'frame_skip', 'detection_size', 'detection_score', 'annotation_stride'],
  quality: [
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
  connection: ['read_timeout_sec', 'use_gstreamer_rtsp', 'gst_latency_ms', 'real_time'],
} as const satisfies Record<string, readonly OverrideField[]>
export type AdvancedGroup = keyof typeof advancedGroups

/** As it is sent; an empty text takes it out. */
export function overrideValue(key: OverrideField, text: string): unknown {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const kind = overrideKinds[key]
  if (kind === 'boolean') return trimmed === 'true'
  if (kind === 'choice' || (kind === 'size' && !/^\d+$/.test(trimmed))) return trimmed
  return numberOrText(trimmed)
}
