import { clsx } from 'clsx'
import { ImageOff } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { attendanceTexts } from './texts.ts'

interface CaptureProps {
  src: string | null
  alt: string
  className?: string
}

/** The picture of a first in or last out; a sign in its place where there is none. */
export function Capture({ src, alt, className }: CaptureProps) {
  const t = useTexts(attendanceTexts)
  const [broken, setBroken] = useState<string | null>(null)
  const shape = clsx('shrink-0 rounded-lg bg-sunken', className)
  if (src && src !== broken)
    return (
      <img src={src} alt={alt} loading="lazy" onError={() => setBroken(src)} className={clsx('object-cover', shape)} />
    )
  return (
    <span className={clsx('grid place-items-center text-soft', shape)} title={t('noPicture')}>
      <ImageOff className="size-1/3 max-h-8 min-h-4 min-w-4 max-w-8" aria-hidden />
      <span className="sr-only">{t('noPicture')}</span>
    </span>
  )
}
