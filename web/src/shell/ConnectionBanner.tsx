import { CloudOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { shellTexts } from './texts.ts'

const patience = 1500 // ms; a short gap is nobody's business

/** Says that the connection is lost, and goes away by itself when it is back. */
export function ConnectionBanner() {
  const t = useTexts(shellTexts)
  const isLost = useLive().connection === 'lost'
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(isLost), isLost ? patience : 0)
    return () => clearTimeout(timer)
  }, [isLost])
  return (
    <div role="status">
      {isShown && (
        <p className="flex items-center justify-center gap-2 bg-bad-soft px-4 py-2 font-medium text-bad">
          <CloudOff className="size-4" aria-hidden />
          {t('lost')}
        </p>
      )}
    </div>
  )
}
