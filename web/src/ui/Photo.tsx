import { clsx } from 'clsx'
import { useState } from 'react'

/** "Lin-Manuel Miranda" becomes LM. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter(Boolean)
  const first = words[0]?.[0] ?? ''
  const last = words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''
  return (first + last).toUpperCase()
}

interface PhotoProps {
  name: string
  /** Where the picture is, if there is one. */
  src?: string | null | undefined
  className?: string
  /** Empty where the name stands beside it anyway. */
  alt?: string
}

/** Somebody's picture; their initials where there is none or it can't be had. */
export function Photo({ name, src, className, alt = '' }: PhotoProps) {
  const [broken, setBroken] = useState<string | null>(null)
  const shape = clsx('shrink-0 rounded-full', className ?? 'size-10')
  if (src && src !== broken)
    return (
      <img src={src} alt={alt} loading="lazy" onError={() => setBroken(src)} className={clsx('object-cover', shape)} />
    )
  return (
    <span
      aria-hidden={alt === '' || undefined}
      role={alt === '' ? undefined : 'img'}
      aria-label={alt === '' ? undefined : alt}
      className={clsx('inline-grid place-items-center bg-accent-soft text-sm font-semibold text-accent-strong', shape)}
    >
      {initialsOf(name)}
    </span>
  )
}
