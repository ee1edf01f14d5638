import { expect, it } from 'vitest'
import { problemOf } from './webcam.ts'

it('tells refused from missing and from used by others', () => {
  const problem = (name: string) => problemOf(new DOMException('', name))
  expect(problem('NotAllowedError')).toBe('refused')
  expect(problem('NotFoundError')).toBe('none')
  expect(problem('OverconstrainedError')).toBe('none')
  expect(problem('NotReadableError')).toBe('busy')
  expect(problemOf(new TypeError('no such thing'))).toBe('failed')
})
