import { upload } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import type { Schema } from '@/api/types.ts'
import type { PhotoCheck, Pose } from './guidance.ts'

export type FaceTemplate = Schema<'FaceTemplate'>
export type PhotoRefusal = Schema<'PhotoRefusal'>

const nothing = () => undefined

/** What enrolling would say of a picture that should show that side. */
export async function checkPicture(picture: Blob, pose: Pose): Promise<PhotoCheck> {
  const form = new FormData()
  form.append(pose, picture, `${pose}.jpg`)
  const answer = (await upload('/api/faces/check', form, nothing)) as { photos: PhotoCheck[] }
  const check = answer.photos[0]
  if (!check) throw new ApiError(500, 'unknown', '', {})
  return check
}

export interface Enrolled {
  templates: FaceTemplate[]
  refused: PhotoRefusal[]
}

export interface GivenPicture {
  /** The name of the form's field: a pose, or `photos` for any. */
  field: Pose | 'photos'
  name: string
  picture: Blob
}

/** Enrols pictures. What the server refused of them is an answer, not an error. */
export async function enrolPictures(
  person: string,
  pictures: GivenPicture[],
  source: 'photo' | 'webcam',
  onProgress: (part: number) => void = nothing,
): Promise<Enrolled> {
  const form = new FormData()
  form.append('source', source)
  for (const { field, name, picture } of pictures) form.append(field, picture, name)
  try {
    const path = `/api/employees/${encodeURIComponent(person)}/face_templates`
    return (await upload(path, form, onProgress)) as Enrolled
  } catch (error) {
    const refused = error instanceof ApiError ? (error.details['refused'] as PhotoRefusal[] | undefined) : undefined
    if (refused && refused.length > 0) return { templates: [], refused }
    throw error
  }
}
