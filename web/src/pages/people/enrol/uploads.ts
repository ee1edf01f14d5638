import { useCallback, useEffect, useRef, useState } from 'react'
import { type Enrolled, enrolPictures, type FaceTemplate, type PhotoRefusal } from './faceApi.ts'

/** What became of one chosen file. */
export type UploadState =
  | { is: 'waiting' }
  | { is: 'sending'; part: number }
  | { is: 'taken'; template: FaceTemplate }
  | { is: 'refused'; refusal: PhotoRefusal }
  | { is: 'tooLarge' }
  | { is: 'failed'; error: unknown }

export interface Upload {
  id: number
  file: File
  state: UploadState
}

/** Bytes of one file that the server takes. */
export const largestFile = 8 * 1024 * 1024

function outcomeOf({ templates, refused }: Enrolled): UploadState {
  const [template] = templates
  if (template) return { is: 'taken', template }
  const [refusal] = refused
  return refusal ? { is: 'refused', refusal } : { is: 'failed', error: null }
}

interface Uploads {
  uploads: readonly Upload[]
  add: (files: readonly File[]) => void
  retry: (id: number) => void
}

/** Enrols files one after the other, so that each has its own progress and result. */
export function useUploads(person: string, onEnrolled: () => void): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([])
  const next = useRef(1)
  const told = useRef(onEnrolled)
  useEffect(() => {
    told.current = onEnrolled
  })
  const set = useCallback(
    (id: number, state: UploadState) =>
      setUploads((before) => before.map((upload) => (upload.id === id ? { ...upload, state } : upload))),
    [],
  )
  const isSending = uploads.some((upload) => upload.state.is === 'sending')
  const first = isSending ? undefined : uploads.find((upload) => upload.state.is === 'waiting')
  useEffect(() => {
    if (!first) return
    const { id, file } = first
    const send = async () => {
      set(id, { is: 'sending', part: 0 })
      try {
        const picture = { field: 'photos' as const, name: file.name, picture: file }
        const state = outcomeOf(
          await enrolPictures(person, [picture], 'photo', (part) => set(id, { is: 'sending', part })),
        )
        set(id, state)
        if (state.is === 'taken') told.current()
      } catch (error) {
        set(id, { is: 'failed', error })
      }
    }
    void send()
  }, [first, person, set])
  const add = (files: readonly File[]) => {
    const added = files.map((file): Upload => {
      const state: UploadState = file.size > largestFile ? { is: 'tooLarge' } : { is: 'waiting' }
      return { id: next.current++, file, state }
    })
    setUploads((before) => [...before, ...added])
  }
  return { uploads, add, retry: (id) => set(id, { is: 'waiting' }) }
}
