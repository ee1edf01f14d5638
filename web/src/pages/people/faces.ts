import type { FaceTemplate, PersonPhoto } from './people.ts'

/** A template beside the photo it was made from; either may be alone. */
export interface FaceCard {
  key: string
  template: FaceTemplate | null
  photo: PersonPhoto | null
}

/** Primary ones first, as the photos come; templates whose photo was not kept, then photos without a template. */
export function faceCards(templates: readonly FaceTemplate[], photos: readonly PersonPhoto[]): FaceCard[] {
  const byId = new Map(templates.map((template) => [template.id, template]))
  const cards: FaceCard[] = []
  for (const photo of photos)
    for (const id of photo.templates) {
      const template = byId.get(id)
      if (!template) continue
      byId.delete(id)
      cards.push({ key: template.id, template, photo })
    }
  for (const template of byId.values()) cards.push({ key: template.id, template, photo: null })
  for (const photo of photos) if (photo.templates.length === 0) cards.push({ key: photo.id, template: null, photo })
  return cards
}

interface Box {
  x: number
  y: number
  width: number
  height: number
}

/**
 * How a picture stands in a square so that the face fills it, with some room around: its size and place as parts of the
 * square's side.
 */
export function faceInSquare(picture: { width: number; height: number }, face: Box) {
  const side = Math.min(Math.max(face.width, face.height) * 1.7, Math.min(picture.width, picture.height))
  const within = (at: number, length: number) => Math.min(Math.max(at, 0), length - side)
  const left = within(face.x + face.width / 2 - side / 2, picture.width)
  const top = within(face.y + face.height / 2 - side / 2, picture.height)
  return { width: picture.width / side, height: picture.height / side, left: -left / side, top: -top / side }
}
