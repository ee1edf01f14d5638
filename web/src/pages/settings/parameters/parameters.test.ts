import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { meanings } from './meanings.ts'
import { choicesOf, grouped, groups, isDefault, type Parameter, valueOf } from './parameters.ts'

// The document is made from the server's own table.
const documented = [
  ...readFileSync('../docs/configuration.md', 'utf8').matchAll(/^\| `([a-z_]+)` \|.*\| (?:restart|at once) \|$/gm),
]
const keys = documented.map((match) => match[1] ?? '')

const made = (kind: Parameter['kind'], value: unknown, allowed = ''): Parameter => ({
  ...{ key: 'fps_target', kind, allowed, unit: '', meaning: '', per_camera: true, needs_restart: true, pending: false },
  value: value,
  default: 8,
})

describe('all parameters', () => {
  it('are known', () => expect(keys.length).toBeGreaterThan(40))
  it('have a meaning in Indonesian', () => expect(Object.keys(meanings).sort()).toEqual([...keys].sort()))
  it('have a group', () => expect(Object.values(groups).flat().sort()).toEqual([...keys].sort()))
})

describe('a parameter', () => {
  it('is sent as what it is', () => {
    expect(valueOf(made('integer', 3), ' 7 ')).toBe(7)
    expect(valueOf(made('number', 0.5), '0,25')).toBe(0.25)
    expect(valueOf(made('number', 0.5), 'much')).toBe('much')
    expect(valueOf(made('number', 0.5), '')).toBeNull()
    expect(valueOf(made('text', 'x'), '')).toBe('')
    expect(valueOf(made('boolean', true), 'false')).toBe(false)
    expect(valueOf(made('size', null), '640x384')).toBe('640x384')
  })
  it('knows its choices and its default', () => {
    expect(choicesOf(made('choice', 'tcp', 'tcp or udp'))).toEqual(['tcp', 'udp'])
    expect(choicesOf(made('choice', 'a', 'a, b or c'))).toEqual(['a', 'b', 'c'])
    expect([isDefault(made('integer', 8)), isDefault(made('integer', 9))]).toEqual([true, false])
  })
  it('stands in its group, and in the last one where it has none', () => {
    const strange = { ...made('text', ''), key: 'brand_new' }
    expect(grouped([strange, made('integer', 8)]).map(([group]) => group)).toEqual(['speed', 'other'])
  })
})
