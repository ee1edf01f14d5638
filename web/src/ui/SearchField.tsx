import { clsx } from 'clsx'
import { Search } from 'lucide-react'
import { useId } from 'react'
import { inputLook } from './Field.tsx'

interface SearchFieldProps {
  /** Told to screen readers and shown while the field is empty. */
  label: string
  value: string
  className?: string
  onChange: (value: string) => void
}

export function SearchField({ label, value, className, onChange }: SearchFieldProps) {
  const id = useId()
  return (
    <div className={clsx('relative', className)}>
      <label htmlFor={id} className="sr-only">
        {label}
      </label>
      <Search className="pointer-events-none absolute top-3 left-3 size-4 text-soft" aria-hidden />
      <input
        id={id}
        type="search"
        value={value}
        maxLength={100}
        placeholder={label}
        onChange={(event) => onChange(event.target.value)}
        className={`${inputLook} pl-9`}
      />
    </div>
  )
}
