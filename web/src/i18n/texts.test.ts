import i18next from 'i18next'
import { describe, expect, it } from 'vitest'
import { defineTexts, dictionaries } from './texts.ts'

// Every dictionary there is, by loading all files that define one.
import.meta.glob(['../**/texts.ts', './common.ts', '!./texts.ts'], { eager: true })

const placeholders = (text: string) => [...new Set(text.match(/{{\w+}}/g) ?? [])].sort()

describe('all texts', () => {
  it('have the same values in both languages', () => {
    expect(dictionaries.length).toBeGreaterThan(2)
    for (const { namespace, texts } of dictionaries)
      for (const [key, { en, id }] of Object.entries(texts)) {
        const english = typeof en === 'string' ? en : en.other
        expect(placeholders(id), `${namespace}.${key}`).toEqual(placeholders(english))
        expect(id.trim(), `${namespace}.${key}`).not.toBe('')
      }
  })

  it('stand under one name each', () => {
    const names = dictionaries.map((dictionary) => dictionary.namespace)
    expect(new Set(names).size).toBe(names.length)
  })
})

it('counts in the manner of each language', () => {
  defineTexts('counting', { days: { en: { one: '{{count}} day', other: '{{count}} days' }, id: '{{count}} hari' } })
  const inLanguage = (language: string, count: number) => i18next.getFixedT(language, 'counting')('days', { count })
  expect([inLanguage('en', 1), inLanguage('en', 2), inLanguage('id', 1)]).toEqual(['1 day', '2 days', '1 hari'])
})
