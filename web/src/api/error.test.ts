import { expect, it } from 'vitest'
import { errorOf } from './error.ts'

it('takes message and fields from the answer', () => {
  const body = {
    success: false,
    error: { code: 'invalid_input', message: 'name: is too long', fields: { name: 'is too long' } },
  }
  expect(errorOf(400, body)).toMatchObject({ status: 400, code: 'invalid_input', fields: { name: 'is too long' } })
})

it('keeps what only some addresses tell', () => {
  const refused = [{ photo: 'a.jpg', code: 'no_face', reason: 'there is no face' }]
  expect(errorOf(400, { error: { code: 'x', message: 'y', fields: {}, refused } }).details['refused']).toEqual(refused)
})

it('makes do with an answer that is none of ours', () => {
  for (const body of [undefined, null, 'Bad gateway', [], { error: 'text' }])
    expect(errorOf(502, body)).toMatchObject({ status: 502, code: 'unknown', message: 'HTTP 502', fields: {} })
})
