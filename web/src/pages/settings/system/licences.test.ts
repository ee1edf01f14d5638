import { expect, it } from 'vitest'
import { licencesOf } from './licences.ts'

it('takes the list of licences apart', () => {
  const dashes = '-'.repeat(80)
  expect(licencesOf(`a 1.0.0 (MIT)\n\nCopyright A\n--- of a kind ---\n\n${dashes}\n\nb 2.0.0 (ISC)\n`)).toEqual([
    { title: 'a 1.0.0 (MIT)', text: 'Copyright A\n--- of a kind ---' },
    { title: 'b 2.0.0 (ISC)', text: '' },
  ])
  expect(licencesOf('')).toEqual([])
})
