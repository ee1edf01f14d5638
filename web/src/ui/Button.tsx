import { clsx } from 'clsx'
import { LoaderCircle } from 'lucide-react'
import type { ButtonHTMLAttributes, ReactNode } from 'react'

type Kind = 'primary' | 'plain' | 'quiet' | 'danger'

const kinds: Record<Kind, string> = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong',
  plain: 'border border-line bg-card text-ink hover:bg-sunken',
  quiet: 'text-ink hover:bg-sunken',
  danger: 'border border-bad/40 bg-bad-soft text-bad hover:border-bad',
}

interface Look {
  kind?: Kind
  size?: 'small' | 'normal'
}

/** The classes of a button, for links that look like one. */
export function buttonLook({ kind = 'plain', size = 'normal' }: Look = {}): string {
  return clsx(
    'inline-flex items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors select-none',
    'disabled:opacity-55',
    size === 'small' ? 'min-h-8 px-3 text-sm' : 'min-h-10 px-4',
    kinds[kind],
  )
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement>, Look {
  icon?: ReactNode
  /** Shows that it is working, and lets nobody press it twice. */
  isBusy?: boolean
}

export function Button({ kind, size, icon, isBusy = false, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled === true || isBusy}
      aria-busy={isBusy || undefined}
      className={clsx(buttonLook({ ...(kind && { kind }), ...(size && { size }) }), className)}
    >
      {isBusy ? <LoaderCircle className="size-4 animate-spin" aria-hidden /> : icon}
      {children}
    </button>
  )
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does, for those who can't see the icon, and as its tooltip. */
  label: string
}

export function IconButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      className={clsx(
        'inline-grid size-10 place-items-center rounded-lg text-soft transition-colors hover:bg-sunken hover:text-ink disabled:opacity-55',
        className,
      )}
    >
      {children}
    </button>
  )
}
