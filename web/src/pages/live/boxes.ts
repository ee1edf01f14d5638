import type { Box } from '@/live/events.ts'

export type BoxKind = 'known' | 'unsure' | 'unknown'

/** Below this a name is more a guess than knowledge. */
const sureFrom = 0.5

export function kindOf(box: Pick<Box, 'kind' | 'confidence'>): BoxKind {
  if (box.kind === 'unknown') return 'unknown'
  return box.kind === 'known' && box.confidence >= sureFrom ? 'known' : 'unsure'
}

interface Look {
  colour: string
  /** On the colour. */
  ink: string
  dash: number[]
}

/** They differ by colour, by line and by label, so that nobody has to see colours. Also used by the legend. */
export const looks: Readonly<Record<BoxKind, Look>> = {
  known: { colour: '#4ade80', ink: '#052e16', dash: [] },
  unsure: { colour: '#fde047', ink: '#422006', dash: [2, 5] },
  unknown: { colour: '#fca5a5', ink: '#450a0a', dash: [10, 6] },
}

export interface Place {
  x: number
  y: number
  width: number
  height: number
}

/** Where a picture stands in a field of another shape: whole, in the middle. */
export function fitted(picture: { width: number; height: number }, field: { width: number; height: number }): Place {
  if (picture.width <= 0 || picture.height <= 0) return { x: 0, y: 0, width: 0, height: 0 }
  const scale = Math.min(field.width / picture.width, field.height / picture.height)
  const [width, height] = [picture.width * scale, picture.height * scale]
  return { x: (field.width - width) / 2, y: (field.height - height) / 2, width, height }
}

export interface BoxWords {
  unknown: string
  unsure: string
}

export function labelOf(box: Box, words: BoxWords): string {
  const kind = kindOf(box)
  if (kind === 'unknown') return words.unknown
  const percent = `${Math.round(box.confidence * 100)} %`
  if (kind === 'known') return `${box.label}  ${percent}`
  return box.kind === 'known' && box.label ? `${box.label}?  ${percent}` : words.unsure
}

const labelHeight = 20

/** Draws a box with its label, in pixels of the page: as sharp on a small picture as on a large one. */
export function drawBox(
  context: CanvasRenderingContext2D,
  box: Place,
  kind: BoxKind,
  label: string,
  within: Place,
): void {
  const look = looks[kind]
  context.save()
  context.lineJoin = 'round'
  // A dark line below the coloured one: seen on any ground.
  context.strokeStyle = 'rgb(0 0 0 / 0.55)'
  context.lineWidth = 4
  context.strokeRect(box.x, box.y, box.width, box.height)
  context.strokeStyle = look.colour
  context.lineWidth = 2
  context.setLineDash(look.dash)
  context.strokeRect(box.x, box.y, box.width, box.height)
  context.setLineDash([])
  context.font = "600 12px 'Inter Variable', sans-serif"
  context.textBaseline = 'middle'
  const width = Math.min(context.measureText(label).width + 12, within.width)
  // Small faces that nobody knows yet would hide each other behind words; their line says it, too.
  if (kind !== 'known' && box.width < width / 2) {
    context.restore()
    return
  }
  const x = Math.max(within.x, Math.min(box.x - 1, within.x + within.width - width))
  const above = box.y - labelHeight - 3
  const y = above >= within.y ? above : Math.min(box.y + box.height + 3, within.y + within.height - labelHeight)
  context.fillStyle = look.colour
  context.beginPath()
  context.roundRect(x, y, width, labelHeight, 5)
  context.fill()
  context.fillStyle = look.ink
  context.fillText(label, x + 6, y + labelHeight / 2 + 0.5, width - 8)
  context.restore()
}
