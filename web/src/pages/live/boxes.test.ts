import { expect, it } from 'vitest'
import type { Box } from '@/live/events.ts'
import { fitted, kindOf, labelOf } from './boxes.ts'

const box = (kind: Box['kind'], confidence: number, label = ''): Box => ({
  ...{ track: 1, kind, person_id: null, label, confidence },
  ...{ x: 0, y: 0, width: 10, height: 10 },
})
const words = { unknown: 'Unknown', unsure: 'Looking…' }

it('tells known, unsure and unknown apart', () => {
  expect(kindOf(box('known', 0.9))).toBe('known')
  expect(kindOf(box('known', 0.3))).toBe('unsure')
  expect(kindOf(box('undecided', 0))).toBe('unsure')
  expect(kindOf(box('unknown', 0.99))).toBe('unknown')
})

it('never names somebody unsure without a question mark', () => {
  expect(labelOf(box('known', 0.914, 'Ana'), words)).toBe('Ana  91 %')
  expect(labelOf(box('known', 0.3, 'Ana'), words)).toBe('Ana?  30 %')
  expect(labelOf(box('undecided', 0), words)).toBe('Looking…')
  expect(labelOf(box('unknown', 0.8, 'Unknown'), words)).toBe('Unknown')
})

it('puts a picture whole into the middle of a field', () => {
  expect(fitted({ width: 640, height: 360 }, { width: 320, height: 320 })).toEqual({
    x: 0,
    y: 70,
    width: 320,
    height: 180,
  })
  expect(fitted({ width: 100, height: 200 }, { width: 400, height: 100 })).toEqual({
    x: 175,
    y: 0,
    width: 50,
    height: 100,
  })
  expect(fitted({ width: 0, height: 0 }, { width: 400, height: 100 }).width).toBe(0)
})
