import { expect, it } from 'vitest'
import { formatOf, textOf } from './importList.ts'

it('knows a list by its ending, else by how it begins', () => {
  expect(formatOf('people.CSV', '[')).toBe('csv')
  expect(formatOf('people.json', 'a,b')).toBe('json')
  expect(formatOf('people.txt', ' \n[{"name":"Siti"}]')).toBe('json')
  expect(formatOf('people', 'nik,nama')).toBe('csv')
})

it('reads UTF-8 and what older spreadsheets write', () => {
  const bytes = (values: number[]) => new Uint8Array(values).buffer
  expect(textOf(new TextEncoder().encode('José').buffer)).toBe('José')
  expect(textOf(bytes([0x4a, 0x6f, 0x73, 0xe9]))).toBe('José')
  expect(textOf(bytes([0xef, 0xbb, 0xbf, 0x61]))).toBe('a')
})
