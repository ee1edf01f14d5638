import { clsx } from 'clsx'
import type { ReactNode } from 'react'

interface CardProps {
  title?: ReactNode
  /** Beside the title. */
  actions?: ReactNode
  /** Without the inner distance, for tables and lists that reach the edges. */
  isFlush?: boolean
  className?: string
  children: ReactNode
}

export function Card({ title, actions, isFlush = false, className, children }: CardProps) {
  return (
    <section className={clsx('overflow-clip rounded-2xl border border-line bg-card shadow-card', className)}>
      {(title ?? actions) && (
        <div className="flex flex-wrap items-center justify-between gap-3 border-b border-line px-5 py-3.5">
          <h2 className="font-semibold">{title}</h2>
          {actions}
        </div>
      )}
      <div className={isFlush ? '' : 'p-5'}>{children}</div>
    </section>
  )
}
