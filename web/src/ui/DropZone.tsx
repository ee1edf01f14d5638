import { clsx } from 'clsx'
import type { LucideIcon } from 'lucide-react'
import { type DragEvent, useId, useState } from 'react'

interface DropZoneProps {
  icon: LucideIcon
  title: string
  hint: string
  /** File types as an input's `accept` has them. */
  accept: string
  isMany?: boolean
  /** Something was chosen already: only the title is left. */
  isSmall?: boolean
  onFiles: (files: readonly File[]) => void
}

/** Where files are dropped, or chosen. The same file may be chosen again, after it was put right. */
export function DropZone({ icon: Icon, title, hint, accept, isMany = false, isSmall = false, onFiles }: DropZoneProps) {
  const id = useId()
  const [isOver, setOver] = useState(false)
  const over = (event: DragEvent, isNow: boolean) => {
    event.preventDefault()
    setOver(isNow)
  }
  return (
    // Dropping is for the mouse alone; the input within is for everybody.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <label
      htmlFor={id}
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={(event) => {
        over(event, false)
        onFiles(Array.from(event.dataTransfer.files))
      }}
      className={clsx(
        'flex cursor-pointer flex-col items-center gap-2 rounded-xl border-2 border-dashed px-6 text-center',
        'has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-offset-2 has-[:focus-visible]:outline-accent',
        isSmall ? 'py-4' : 'py-10',
        isOver ? 'border-accent bg-accent-soft' : 'border-line-strong/60 hover:bg-sunken',
      )}
    >
      {!isSmall && <Icon className="size-8 text-accent-strong" aria-hidden />}
      <span className="font-semibold">{title}</span>
      {!isSmall && (
        <span id={`${id}-hint`} className="max-w-xl text-sm text-soft">
          {hint}
        </span>
      )}
      <input
        id={id}
        type="file"
        multiple={isMany}
        accept={accept}
        aria-describedby={isSmall ? undefined : `${id}-hint`}
        className="sr-only"
        onChange={(event) => {
          onFiles(Array.from(event.target.files ?? []))
          event.target.value = ''
        }}
      />
    </label>
  )
}
