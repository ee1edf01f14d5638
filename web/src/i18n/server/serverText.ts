import { useCallback } from 'react'
import { type Language, useLanguage } from '../language.ts'
import { cameraWords, healthWords, notificationWords, personWords, recordWords } from './thingWords.ts'
import { fieldWords, refusalWords, valueWords, type Words } from './words.ts'

interface Pattern {
  fits: RegExp
  /** Which of the values are texts of the server themselves. */
  isText: boolean[]
  indonesian: string
}

const tables: Words[] = [
  refusalWords,
  notificationWords,
  cameraWords,
  personWords,
  healthWords,
  recordWords,
  fieldWords,
  valueWords,
]

function patternOf([english, indonesian]: Words[number]): Pattern {
  const plain = (text: string) => text.replace(/[.*+?^$()|[\]\\{}]/g, '\\$&')
  const isText: boolean[] = []
  const source = english
    .split(/(\{~?\})/)
    .map((part) => {
      if (part !== '{}' && part !== '{~}') return plain(part)
      isText.push(part === '{~}')
      return '((?:(?!; ).)+?)' // lists are taken apart at "; ", not swallowed
    })
    .join('')
  return { fits: new RegExp(`^${source}$`, 's'), isText, indonesian }
}

/** How much of it is no value: what says more counts before what says less. */
const lengthOf = ([english]: Words[number]) => english.replace(/\{~?\}/g, '').length

const makePatterns = () =>
  tables
    .flat()
    .sort((one, other) => lengthOf(other) - lengthOf(one))
    .map(patternOf)

let patterns: Pattern[] | undefined
const found = new Map<string, string | null>()

/** In Indonesian, or `null` where nobody has said how. */
function known(text: string): string | null {
  patterns ??= makePatterns()
  for (const { fits, isText, indonesian } of patterns) {
    const values = fits.exec(text)?.slice(1)
    if (!values) continue
    const said = values.map((value, index) => (isText[index] ? known(value) : value))
    if (said.includes(null)) continue
    return indonesian.replace(/\{(\d)\}/g, (_, number: string) => said[Number(number) - 1] ?? '')
  }
  return partByPart(text)
}

/** "rtsp://gate: connection refused": what stands before is kept where nothing is known of it. */
function partByPart(text: string): string | null {
  if (text.includes('; ')) {
    const parts = text.split('; ').map((part) => known(part))
    if (parts.every((part) => part !== null)) return parts.join('; ')
  }
  for (let colon = text.indexOf(': '); colon >= 0; colon = text.indexOf(': ', colon + 2)) {
    const rest = known(text.slice(colon + 2))
    const before = text.slice(0, colon)
    if (rest !== null) return `${known(before) ?? before}: ${rest}`
  }
  return null
}

/** A text that the server composed, in the page's language; one that nobody knows as it came. */
export function serverText(text: string, language: Language): string {
  if (language === 'en' || text === '') return text
  let said = found.get(text)
  if (said === undefined) {
    // Sentences begin large or small as the place wants it; the tables have one of them.
    said = known(text) ?? known(text.charAt(0).toLowerCase() + text.slice(1))
    if (found.size > 500) found.clear()
    found.set(text, said)
  }
  return said ?? text
}

/** As a sentence of its own; names, addresses and keys at the beginning stay as they are. */
export const asSentence = (text: string): string =>
  /^[a-z]+([,;:]? |$)/.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text

export function useServerText(): (text: string) => string {
  const language = useLanguage()
  return useCallback((text) => serverText(text, language), [language])
}
