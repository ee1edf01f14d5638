import { expect, it } from 'vitest'
import { bodyOf, shownText, withDraft } from './drafts.ts'
import type { Parameter } from './parameters.ts'

const made = (key: string, value: unknown, byDefault: unknown): Parameter => ({
  ...{
    key,
    kind: 'integer',
    allowed: '',
    unit: '',
    meaning: '',
    per_camera: true,
    needs_restart: true,
    pending: false,
  },
  value: value,
  default: byDefault,
})
const votes = made('votes', 5, 3)
const faces = made('faces', 12, 12)

it('sends what was typed, and null for a default', () => {
  let drafts = withDraft({}, votes, null)
  drafts = withDraft(drafts, faces, '9')
  expect(bodyOf(drafts, [votes, faces])).toEqual({ votes: null, faces: 9 })
  expect([votes, faces].map((each) => shownText(drafts, each))).toEqual(['3', '9'])
})

it('forgets what is as it was', () => {
  expect(withDraft({ votes: '7' }, votes, '5')).toEqual({})
  expect(withDraft({}, faces, null)).toEqual({})
})
