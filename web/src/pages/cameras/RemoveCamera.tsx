import { answerOf, api } from '@/api/client.ts'
import type { Camera } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { toast } from '@/ui/toasts.ts'
import { cameraTexts } from './texts.ts'

interface RemoveCameraProps {
  camera: Camera
  onClose: () => void
  onRemoved: () => void
}

export function RemoveCamera({ camera, onClose, onRemoved }: RemoveCameraProps) {
  const t = useTexts(cameraTexts)
  const remove = async () => {
    await answerOf(api.DELETE('/api/cameras/{id}', { params: { path: { id: camera.id } } }))
    toast('good', t('removed', { camera: camera.name }))
    onRemoved()
  }
  return (
    <ConfirmDialog
      isDangerous
      title={t('removeTitle', { camera: camera.name })}
      description={t('removeHint')}
      confirm={t('remove')}
      onConfirm={remove}
      onClose={onClose}
    >
      <p>{t('removeInstead')}</p>
    </ConfirmDialog>
  )
}
