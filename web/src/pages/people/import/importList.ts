import { answerOf, api } from '@/api/client.ts'

/** Bytes of a list that the server takes. */
export const largestList = 4 * 1024 * 1024

export interface ChosenList {
  name: string
  content: string
  format: 'csv' | 'json'
}

/** By its ending, else by how it begins. */
export function formatOf(name: string, content: string): 'csv' | 'json' {
  if (/\.json$/i.test(name)) return 'json'
  if (/\.csv$/i.test(name)) return 'csv'
  return /^\s*[[{]/.test(content) ? 'json' : 'csv'
}

/** Text in UTF-8, or as older spreadsheets write it; without the mark that some put in front. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

export const importList = ({ content, format }: ChosenList, preview: boolean) =>
  answerOf(api.POST('/api/employees/import', { body: { content, format, preview } }))

export type ImportReport = Awaited<ReturnType<typeof importList>>
