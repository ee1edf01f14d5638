import { clsx } from 'clsx'
import { X } from 'lucide-react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button, IconButton } from './Button.tsx'
import { DialogPlace } from './dialogPlace.ts'
import { focusFirst } from './firstFocus.ts'
import { useErrorText } from './states.tsx'

interface DialogProps {
  title: string
  description?: ReactNode
  onClose: () => void
  children?: ReactNode
  /** Buttons, the one that does it last. */
  footer?: ReactNode
  size?: 'small' | 'normal' | 'wide'
}

const sizes = { small: 'sm:max-w-md', normal: 'sm:max-w-xl', wide: 'sm:max-w-4xl' }

/**
 * The browser's own modal dialog: focus stays inside, Escape closes, and focus goes back to where it was. Rendered
 * while open: `{isOpen && <Dialog ...>}`. On a phone it comes up from below.
 */
export function Dialog({ title, description, onClose, children, footer, size = 'normal' }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [place, setPlace] = useState<HTMLDialogElement | null>(null)
  const id = useId()
  const t = useTexts(commonTexts)
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog && !dialog.open) {
      dialog.showModal()
      focusFirst(dialog, heading.current)
    }
    setPlace(dialog)
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    // Escape and the close button do the same as a press beside it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onCancel={(event) => {
        if (event.target !== ref.current) return
        event.preventDefault()
        onClose()
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose()
      }}
      className={clsx(
        'mx-auto mt-auto mb-0 flex max-h-[92dvh] w-full max-w-full flex-col overflow-hidden rounded-t-2xl bg-card p-0 shadow-high backdrop:bg-black/45 sm:my-auto sm:rounded-2xl',
        sizes[size],
      )}
    >
      <div className="flex items-start gap-3 border-b border-line px-5 py-4 sm:px-6">
        <div className="min-w-0 flex-1">
          <h2 ref={heading} id={`${id}-title`} tabIndex={-1} className="text-lg font-semibold outline-none">
            {title}
          </h2>
          {description && (
            <div id={`${id}-description`} className="mt-1 text-soft">
              {description}
            </div>
          )}
        </div>
        <IconButton label={t('close')} onClick={onClose} className="-mt-1 -mr-2">
          <X className="size-5" />
        </IconButton>
      </div>
      <DialogPlace value={place}>
        {children && <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 sm:px-6">{children}</div>}
        {footer && (
          <div className="flex flex-wrap justify-end gap-2 border-t border-line px-5 py-4 sm:px-6">{footer}</div>
        )}
      </DialogPlace>
    </dialog>
  )
}

interface ConfirmDialogProps {
  title: string
  description: ReactNode
  confirm: string
  isDangerous?: boolean
  onConfirm: () => Promise<unknown>
  onClose: () => void
  children?: ReactNode
}

/** Asks before something is done; stays open with the reason when it did not work. */
export function ConfirmDialog({
  title,
  description,
  confirm,
  isDangerous,
  onConfirm,
  onClose,
  children,
}: ConfirmDialogProps) {
  const t = useTexts(commonTexts)
  const [isBusy, setBusy] = useState(false)
  const errorText = useErrorText()
  const [problem, setProblem] = useState('')
  const act = async () => {
    setBusy(true)
    setProblem('')
    try {
      await onConfirm()
      onClose()
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      description={description}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind={isDangerous ? 'danger' : 'primary'} isBusy={isBusy} onClick={() => void act()}>
            {confirm}
          </Button>
        </>
      }
    >
      {(children ?? problem) && (
        <>
          {children}
          {problem && (
            <p role="alert" className="mt-3 text-bad">
              {problem}
            </p>
          )}
        </>
      )}
    </Dialog>
  )
}
