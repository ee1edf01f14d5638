import { CircleCheck, CircleX, Info, TriangleAlert, X } from 'lucide-react'
import { Toast } from 'radix-ui'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { dismissToast, useToasts } from './toasts.ts'

const icons = {
  good: <CircleCheck className="size-5 text-good" />,
  bad: <CircleX className="size-5 text-bad" />,
  warn: <TriangleAlert className="size-5 text-warn" />,
  quiet: <Info className="size-5 text-soft" />,
}

export function Toaster() {
  const messages = useToasts()
  const t = useTexts(commonTexts)
  return (
    <Toast.Provider duration={6000} swipeDirection="right">
      {messages.map((message) => (
        <Toast.Root
          key={message.id}
          type={message.tone === 'bad' ? 'foreground' : 'background'}
          onOpenChange={(isOpen) => {
            if (!isOpen) dismissToast(message.id)
          }}
          className="flex items-start gap-3 rounded-xl border border-line bg-card p-4 shadow-high"
        >
          {icons[message.tone]}
          <div className="min-w-0 flex-1">
            <Toast.Title className="font-medium">{message.title}</Toast.Title>
            {message.text && <Toast.Description className="text-sm text-soft">{message.text}</Toast.Description>}
          </div>
          <Toast.Close aria-label={t('close')} className="text-soft hover:text-ink">
            <X className="size-4" />
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-0 bottom-16 z-50 flex w-full max-w-sm flex-col gap-2 p-4 md:bottom-0" />
    </Toast.Provider>
  )
}
