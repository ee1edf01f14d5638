import type { Camera } from '@/api/types.ts'
import { settingText } from '@/pages/settings/parameters/settingText.ts'
import { type OverrideField, overrideFields, overrideValue } from './overrides.ts'

/** What stands in the form; an empty text means: as it is, or as for all cameras. */
export interface CameraForm {
  id: string
  name: string
  rtsp_url: string
  location: string
  enabled: boolean
  detect_url: string
  dropsDetectUrl: boolean
  overrides: Record<OverrideField, string>
  /** Other overrides that are to go. */
  dropped: readonly string[]
}

const overridesOf = (camera: Camera | undefined): Record<string, unknown> => camera?.overrides ?? {}

export function formOf(camera: Camera | undefined): CameraForm {
  const set = overridesOf(camera)
  const overrides = {} as Record<OverrideField, string>
  for (const key of overrideFields) overrides[key] = settingText(set[key])
  return {
    id: '',
    name: camera?.name ?? '',
    rtsp_url: '',
    location: camera?.location ?? '',
    enabled: camera?.enabled ?? true,
    detect_url: '',
    dropsDetectUrl: false,
    overrides,
    dropped: [],
  }
}

/** Overrides that the form has no field for: [key, value]. */
export function otherOverrides(camera: Camera | undefined): [string, string][] {
  return Object.entries(overridesOf(camera))
    .filter(([key]) => !overrideFields.some((field) => field === key))
    .map(([key, value]) => [key, settingText(value)])
}

/** What the form asks of the server: everything of a new camera, only what is another one of a known camera. */
export function inputOf(form: CameraForm, camera?: Camera): Record<string, unknown> {
  const before = formOf(camera)
  const input: Record<string, unknown> = {}
  if (!camera && form.id.trim()) input['id'] = form.id.trim()
  if (!camera || form.name.trim() !== before.name) input['name'] = form.name.trim()
  if (form.rtsp_url.trim()) input['rtsp_url'] = form.rtsp_url.trim()
  else if (!camera) input['rtsp_url'] = ''
  if (form.location.trim() !== before.location) input['location'] = form.location.trim()
  if (form.enabled !== before.enabled) input['enabled'] = form.enabled
  if (form.dropsDetectUrl) input['detect_url'] = null
  else if (form.detect_url.trim()) input['detect_url'] = form.detect_url.trim()
  for (const key of overrideFields)
    if (form.overrides[key] !== before.overrides[key]) input[key] = overrideValue(key, form.overrides[key])
  for (const key of form.dropped) input[key] = null
  // An empty name is the identifier.
  if (!camera && input['name'] === '') delete input['name']
  return input
}

const plainKeys = ['name', 'rtsp_url', 'location', 'enabled']

/** Whether one of these errors stands at a field behind "more options". */
export function isBehindMore(fields: Readonly<Record<string, string>>): boolean {
  return Object.keys(fields).some((key) => !plainKeys.includes(key))
}
