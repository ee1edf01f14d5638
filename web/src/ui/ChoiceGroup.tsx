import { clsx } from 'clsx'
import { type ReactNode, useId } from 'react'

interface Choice {
  value: string
  label: ReactNode
  hint?: ReactNode
}

interface ChoiceGroupProps {
  label: string
  isLabelHidden?: boolean
  value: string
  choices: Choice[]
  disabled?: boolean
  onChange: (value: string) => void
}

/** One of a few, all of them in view. */
export function ChoiceGroup({
  label,
  isLabelHidden = false,
  value,
  choices,
  disabled = false,
  onChange,
}: ChoiceGroupProps) {
  const name = useId()
  return (
    <fieldset disabled={disabled} className="flex flex-col gap-2">
      <legend className={isLabelHidden ? 'sr-only' : 'mb-1.5 text-sm font-medium'}>{label}</legend>
      {choices.map((choice) => (
        <label
          key={choice.value}
          className={clsx(
            'flex cursor-pointer items-start gap-3 rounded-lg border px-3.5 py-2.5',
            choice.value === value ? 'border-accent bg-accent-soft' : 'border-line hover:bg-sunken',
          )}
        >
          <input
            type="radio"
            name={name}
            value={choice.value}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="mt-1 size-4 shrink-0 accent-accent"
          />
          <span>
            <span className="font-medium">{choice.label}</span>
            {choice.hint && <span className="block text-sm text-soft">{choice.hint}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
