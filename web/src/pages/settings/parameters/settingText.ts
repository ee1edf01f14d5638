/** A setting's value as a field shows it; nothing is an empty text. */
export function settingText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.join('x')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The number a field holds. What is none goes as it is, so that the server says what is wrong with it. */
export function numberOrText(text: string): number | string {
  const number = Number(text.replace(',', '.'))
  return Number.isNaN(number) ? text : number
}
