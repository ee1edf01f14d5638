import { clsx } from 'clsx'
import type { ReactNode } from 'react'

export type Tone = 'good' | 'warn' | 'bad' | 'accent' | 'quiet'

const tones: Record<Tone, string> = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  accent: 'bg-accent-soft text-accent-strong',
  quiet: 'bg-sunken text-soft',
}

interface BadgeProps {
  tone?: Tone
  className?: string
  children: ReactNode
}

export function Badge({ tone = 'quiet', className, children }: BadgeProps) {
  return (
    <span
      className={clsx(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-semibold whitespace-nowrap',
        tones[tone],
        className,
      )}
    >
      {children}
    </span>
  )
}

/** A badge with a dot, for states that come and go. Never colour alone: the text says it, too. */
export function StatusPill(props: BadgeProps) {
  return (
    <Badge {...props}>
      <span className="size-1.5 shrink-0 rounded-full bg-current" aria-hidden />
      {props.children}
    </Badge>
  )
}
