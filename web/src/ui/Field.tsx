import { clsx } from 'clsx'
import {
  type InputHTMLAttributes,
  type ReactNode,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
} from 'react'
import { commonTexts } from '@/i18n/common.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'

export const inputLook =
  'w-full min-h-10 rounded-lg border border-line-strong/60 bg-card px-3 py-2 text-ink placeholder:text-soft ' +
  'aria-invalid:border-bad disabled:opacity-60 dark:bg-sunken'

interface FieldWords {
  label: string
  hint?: ReactNode
  /** What is wrong, usually `error.fields.name` of an ApiError: shown in the page's language. */
  error?: string | undefined
  /** The label is there for screen readers alone. */
  isLabelHidden?: boolean
  isOptional?: boolean
}

interface FieldProps extends FieldWords {
  className?: string | undefined
  children: (bound: { id: string; 'aria-invalid'?: true; 'aria-describedby'?: string }) => ReactNode
}

/** A label, a control and what there is to say about it, joined for screen readers. */
export function Field({
  label,
  hint,
  error,
  isLabelHidden = false,
  isOptional = false,
  className,
  children,
}: FieldProps) {
  const id = useId()
  const t = useTexts(commonTexts)
  const say = useServerText()
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ')
  return (
    <div className={clsx('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className={isLabelHidden ? 'sr-only' : 'text-sm font-medium'}>
        {label}
        {isOptional && <span className="font-normal text-soft"> · {t('optional')}</span>}
      </label>
      {children({
        id,
        ...(error && { 'aria-invalid': true }),
        ...(describedBy && { 'aria-describedby': describedBy }),
      })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm text-bad">
          {asSentence(say(error))}
        </p>
      )}
    </div>
  )
}

type WithField<P> = Omit<P, 'className'> & FieldWords & { className?: string }

function split<P extends FieldWords & { className?: string | undefined }>(props: P) {
  const { label, hint, error, isLabelHidden, isOptional, className, ...control } = props
  const field = {
    label,
    hint,
    error,
    className,
    ...(isLabelHidden !== undefined && { isLabelHidden }),
    ...(isOptional !== undefined && { isOptional }),
  }
  return { field, control }
}

export function TextField(props: WithField<InputHTMLAttributes<HTMLInputElement>>) {
  const { field, control } = split(props)
  return <Field {...field}>{(bound) => <input type="text" {...control} {...bound} className={inputLook} />}</Field>
}

/** A day: value and change as "2026-01-05". */
export function DateField(props: WithField<InputHTMLAttributes<HTMLInputElement>>) {
  return <TextField {...props} type="date" />
}

export function TextArea(props: WithField<TextareaHTMLAttributes<HTMLTextAreaElement>>) {
  const { field, control } = split(props)
  return <Field {...field}>{(bound) => <textarea rows={3} {...control} {...bound} className={inputLook} />}</Field>
}

export function Select(props: WithField<SelectHTMLAttributes<HTMLSelectElement>>) {
  const { field, control } = split(props)
  const { children, ...rest } = control
  return (
    <Field {...field}>
      {(bound) => (
        <select {...rest} {...bound} className={clsx(inputLook, 'pr-8')}>
          {children}
        </select>
      )}
    </Field>
  )
}
