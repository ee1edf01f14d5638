import i18next from 'i18next'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import './language.ts'

/** One text in both languages. Where the number decides, English has `one` and `other`; Indonesian has one form. */
export interface Text {
  en: string | { one: string; other: string }
  id: string
}

type Texts = Record<string, Text>

/** The names between {{ }} of a text. */
type Names<S> = S extends `${string}{{${infer Name}}}${infer Rest}` ? Name | Names<Rest> : never
type English<T extends Text> = T['en'] extends string ? T['en'] : T['en'] extends { other: infer O } ? O : never
type Values<T extends Text> = Names<English<T>> | (T['en'] extends string ? never : 'count')

export type Translate<T extends Texts> = <K extends keyof T & string>(
  key: K,
  ...values: [Values<T[K]>] extends [never] ? [] : [Record<Values<T[K]> & string, string | number>]
) => string

export interface Dictionary<T extends Texts> {
  namespace: string
  texts: T
}

/** Every dictionary of the program, for the test that looks at all of them. */
export const dictionaries: Dictionary<Texts>[] = []

/**
 * The texts of one page or part, both languages side by side, so that a missing one does not compile:
 *
 *     const texts = defineTexts('people', { title: { en: 'People', id: 'Orang' } })
 *     const t = useTexts(texts)
 *     t('title')
 */
export function defineTexts<const T extends Texts>(namespace: string, texts: T): Dictionary<T> {
  const english: Record<string, string> = {}
  const indonesian: Record<string, string> = {}
  for (const [key, text] of Object.entries<Text>(texts)) {
    indonesian[typeof text.en === 'string' ? key : `${key}_other`] = text.id
    if (typeof text.en === 'string') english[key] = text.en
    else {
      english[`${key}_one`] = text.en.one
      english[`${key}_other`] = text.en.other
    }
  }
  i18next.addResourceBundle('en', namespace, english)
  i18next.addResourceBundle('id', namespace, indonesian)
  const dictionary = { namespace, texts }
  dictionaries.push(dictionary)
  return dictionary
}

export function useTexts<T extends Texts>(dictionary: Dictionary<T>): Translate<T> {
  const { i18n } = useTranslation()
  const language = i18n.language
  return useMemo(() => {
    const translate = i18next.getFixedT(language, dictionary.namespace)
    return (key: string, values?: Record<string, string | number>) => translate(key, values ?? {})
  }, [dictionary, language])
}
