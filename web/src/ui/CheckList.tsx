import { type ReactNode, useId } from 'react'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'

interface CheckListProps {
  label: string
  hint?: ReactNode
  error?: string | undefined
  values: readonly string[]
  choices: readonly { value: string; label: ReactNode; hint?: ReactNode }[]
  onChange: (values: string[]) => void
  /** Beside each other where there is room. */
  isDense?: boolean
}

/** Any of a list. */
export function CheckList({ label, hint, error, values, choices, onChange, isDense = false }: CheckListProps) {
  const id = useId()
  const say = useServerText()
  const toggle = (value: string, isOn: boolean) =>
    onChange(isOn ? [...values, value] : values.filter((each) => each !== value))
  return (
    <fieldset aria-describedby={error ? `${id}-error` : undefined}>
      <legend className="text-sm font-medium">{label}</legend>
      {hint && <p className="text-sm text-soft">{hint}</p>}
      <div className={isDense ? 'mt-2 flex flex-wrap gap-x-5 gap-y-2' : 'mt-2 grid gap-2 sm:grid-cols-2'}>
        {choices.map((choice) => (
          <label key={choice.value} className="flex min-h-6 items-start gap-2.5">
            <input
              type="checkbox"
              checked={values.includes(choice.value)}
              onChange={(event) => toggle(choice.value, event.target.checked)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              {choice.label}
              {choice.hint && <span className="block text-sm text-soft">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {error && (
        <p id={`${id}-error`} className="mt-1.5 text-sm text-bad">
          {asSentence(say(error))}
        </p>
      )}
    </fieldset>
  )
}
