import { describe, expect, it } from 'vitest'
import { faceCards, faceInSquare } from './faces.ts'
import type { FaceTemplate, PersonPhoto } from './people.ts'

const template = (id: string): FaceTemplate => ({
  id,
  pose: 'front',
  quality: 0.5,
  source: 'photo',
  is_primary: false,
  model: 'default',
  photo: null,
  created_at: '2026-01-05T08:00:00.000+07:00',
})
const photo = (id: string, templates: string[]): PersonPhoto => ({
  id,
  url: `/photos/${id}`,
  size: 1,
  is_primary: false,
  pose: null,
  quality: 0.5,
  face: null,
  templates,
  created_at: '2026-01-05T08:00:00.000+07:00',
})

it('shows each template once, beside its photo where there is one', () => {
  const cards = faceCards(
    [template('t1'), template('t2'), template('t3')],
    [photo('b', ['t2']), photo('a', ['t1']), photo('c', [])],
  )
  expect(cards.map((card) => [card.template?.id, card.photo?.id])).toEqual([
    ['t2', 'b'],
    ['t1', 'a'],
    ['t3', undefined],
    [undefined, 'c'],
  ])
})

describe('a face in a square', () => {
  it('is in its middle', () => {
    const placed = faceInSquare({ width: 1000, height: 800 }, { x: 450, y: 350, width: 100, height: 100 })
    // The face's middle, at (500, 400), comes to stand at one half.
    expect(placed.left + (500 / 1000) * placed.width).toBeCloseTo(0.5)
    expect(placed.top + (400 / 800) * placed.height).toBeCloseTo(0.5)
  })

  it('never shows what is beyond the picture', () => {
    const placed = faceInSquare({ width: 200, height: 100 }, { x: 150, y: 0, width: 50, height: 90 })
    expect(placed.left + placed.width).toBeGreaterThanOrEqual(1)
    expect(placed.left).toBeLessThanOrEqual(0)
    expect(placed.height).toBeGreaterThanOrEqual(1)
  })
})
