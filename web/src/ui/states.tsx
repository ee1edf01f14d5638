import { clsx } from 'clsx'
import { CloudOff, Lock, RotateCw, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { ApiError } from '@/api/error.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from './Button.tsx'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  children?: ReactNode
  /** What to do about it. */
  action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      {icon && <div className="mb-1 grid size-12 place-items-center rounded-full bg-sunken text-soft">{icon}</div>}
      <p className="font-semibold">{title}</p>
      {children && <div className="max-w-md text-soft">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}

/** What went wrong in words for people: the server's own message, in the page's language, where it sent one. */
export function useErrorText(): (error: unknown) => string {
  const t = useTexts(commonTexts)
  const say = useServerText()
  return (error) => {
    if (error instanceof ApiError && error.status === 0) return t('unreachable')
    if (error instanceof ApiError && error.status === 403) return t('forbidden')
    if (error instanceof ApiError && error.code === 'unknown') return t('noSense', { status: error.status })
    return error instanceof Error && error.message ? asSentence(say(error.message)) : t('failed')
  }
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
}

export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const t = useTexts(commonTexts)
  const text = useErrorText()
  const status = error instanceof ApiError ? error.status : -1
  const Icon = status === 0 ? CloudOff : status === 403 ? Lock : TriangleAlert
  return (
    <div role="alert">
      <EmptyState
        icon={<Icon className="size-6" />}
        title={t('failed')}
        action={
          onRetry && (
            <Button icon={<RotateCw className="size-4" />} onClick={onRetry}>
              {t('retry')}
            </Button>
          )
        }
      >
        {text(error)}
      </EmptyState>
    </div>
  )
}

/** A grey shape where something will be. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('animate-pulse rounded-lg bg-sunken', className ?? 'h-5 w-full')} />
}

/** Grey rows while a list is on its way. */
export function SkeletonRows({ count = 5 }: { count?: number }) {
  const t = useTexts(commonTexts)
  return (
    <div role="status" className="flex flex-col gap-3 p-5">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: count }, (_, row) => (
        <Skeleton key={row} className="h-11 w-full" />
      ))}
    </div>
  )
}
