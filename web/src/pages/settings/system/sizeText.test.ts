import { expect, it } from 'vitest'
import { sizeText } from './sizeText.ts'

it('says how large a file is', () => {
  expect([0, 999, 1500, 123_456_789, 5e13].map(sizeText)).toEqual(['0 B', '999 B', '1.5 kB', '123 MB', '50.0 TB'])
})
