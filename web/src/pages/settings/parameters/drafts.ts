import { type Parameter, valueOf } from './parameters.ts'
import { settingText } from './settingText.ts'

/** What was typed and is not saved yet, by key; null asks for the default. */
export type Drafts = Readonly<Record<string, string | null>>

/** With a new text of one; what is as it was is no draft. */
export function withDraft(drafts: Drafts, parameter: Parameter, text: string | null): Drafts {
  const shown = text ?? settingText(parameter.default)
  const others = without(drafts, parameter.key)
  return shown === settingText(parameter.value) ? others : { ...others, [parameter.key]: text }
}

export function without(drafts: Drafts, ...keys: string[]): Drafts {
  return Object.fromEntries(Object.entries(drafts).filter(([key]) => !keys.includes(key)))
}

/** The text in a parameter's field. */
export function shownText(drafts: Drafts, parameter: Parameter): string {
  const draft = drafts[parameter.key]
  if (draft === undefined) return settingText(parameter.value)
  return draft ?? settingText(parameter.default)
}

export function bodyOf(drafts: Drafts, parameters: readonly Parameter[]): Record<string, unknown> {
  const body: Record<string, unknown> = {}
  for (const parameter of parameters) {
    const draft = drafts[parameter.key]
    if (draft !== undefined) body[parameter.key] = draft === null ? null : valueOf(parameter, draft)
  }
  return body
}
