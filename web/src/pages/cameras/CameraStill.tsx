import { ImageOff } from 'lucide-react'
import { useEffect, useState } from 'react'
import type { Camera } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { cameraTexts } from './texts.ts'

const freshFor = 10_000

/** The newest picture, a new one every ten seconds while somebody looks. */
export function CameraStill({ camera }: { camera: Camera }) {
  const t = useTexts(cameraTexts)
  const [number, setNumber] = useState(0)
  const [failed, setFailed] = useState<number | null>(null)
  const isShown = camera.enabled && camera.status === 'ONLINE'
  useEffect(() => {
    if (!isShown) return
    const timer = setInterval(() => {
      if (!document.hidden) setNumber((before) => before + 1)
    }, freshFor)
    return () => clearInterval(timer)
  }, [isShown])
  return (
    <div className="grid aspect-video place-items-center overflow-hidden bg-[#0b1110] text-[#9fafab]">
      {isShown && failed !== number ? (
        <img
          src={`${camera.snapshot_url}?n=${number}`}
          alt={t('still', { camera: camera.name })}
          onError={() => setFailed(number)}
          className="size-full object-contain"
        />
      ) : (
        <p className="flex flex-col items-center gap-2 text-sm">
          <ImageOff className="size-6" aria-hidden />
          {t('noPicture')}
        </p>
      )}
    </div>
  )
}
