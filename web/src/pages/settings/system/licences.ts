export interface Licence {
  /** "react 19.3.1 (MIT)". */
  title: string
  text: string
}

/** Of licences.txt, as vite.config.ts makes it: packages between lines of dashes, their first line the title. */
export function licencesOf(file: string): Licence[] {
  return file
    .split(/^-{80}$/m)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const end = part.indexOf('\n')
      return end < 0 ? { title: part, text: '' } : { title: part.slice(0, end), text: part.slice(end).trim() }
    })
}
