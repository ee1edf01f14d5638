import { describe, expect, it } from 'vitest'
import { measureFrame } from './frameMeasure.ts'

const side = 32

function picture(luma: (x: number, y: number) => number): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray(side * side * 4)
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++) rgba.set([luma(x, y), luma(x, y), luma(x, y), 255], (y * side + x) * 4)
  return rgba
}

const sharp = (x: number, y: number) => ((Math.floor(x / 4) + Math.floor(y / 4)) % 2 === 0 ? 40 : 200)
/** The same, as a lens out of focus shows it. */
const blurred = (x: number, y: number) => {
  let sum = 0
  for (let dy = -3; dy <= 3; dy++) for (let dx = -3; dx <= 3; dx++) sum += sharp(x + dx, y + dy)
  return sum / 49
}

describe('the light of a frame', () => {
  it('is the mean of its luma', () => {
    expect(
      measureFrame(
        picture(() => 0),
        side,
        side,
      ).luma,
    ).toBe(0)
    expect(
      measureFrame(
        picture(() => 255),
        side,
        side,
      ).luma,
    ).toBeCloseTo(1)
    expect(
      measureFrame(
        picture((x) => (x < side / 2 ? 0 : 255)),
        side,
        side,
      ).luma,
    ).toBeCloseTo(0.5)
  })

  it('weighs colours as eyes do', () => {
    const colour = (rgb: number[]) => measureFrame([...rgb, 255], 1, 1).luma
    expect(colour([0, 255, 0])).toBeGreaterThan(colour([255, 0, 0]))
    expect(colour([255, 0, 0])).toBeGreaterThan(colour([0, 0, 255]))
  })
})

describe('the sharpness of a frame', () => {
  it('is nothing where there are no edges, and falls with blur', () => {
    const flat = measureFrame(
      picture(() => 128),
      side,
      side,
    ).sharpness
    const soft = measureFrame(picture(blurred), side, side).sharpness
    const clear = measureFrame(picture(sharp), side, side).sharpness
    expect(flat).toBeCloseTo(0)
    expect(soft).toBeGreaterThan(flat)
    expect(clear).toBeGreaterThan(soft * 10)
  })

  it('does not change with the light alone', () => {
    const darker = measureFrame(
      picture((x, y) => sharp(x, y) - 40),
      side,
      side,
    ).sharpness
    expect(darker).toBeCloseTo(measureFrame(picture(sharp), side, side).sharpness, 3)
  })
})
