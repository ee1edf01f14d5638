import { useEffect } from 'react'
import { commonTexts } from '@/i18n/common.ts'
import type { Camera } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { cameraTexts } from './texts.ts'
import { useTrial } from './trial.ts'
import { TrialResult } from './TrialResult.tsx'

/** Tests a camera as it is configured. */
export function TestCamera({ camera, onClose }: { camera: Camera; onClose: () => void }) {
  const t = useTexts(cameraTexts)
  const common = useTexts(commonTexts)
  const { state, start } = useTrial()
  const { id } = camera
  // eslint-disable-next-line react-hooks/exhaustive-deps -- once for each camera
  useEffect(() => void start(id, {}), [id])
  return (
    <Dialog
      title={t('testTitle', { camera: camera.name })}
      description={t('testHint')}
      onClose={onClose}
      footer={
        <>
          <Button isBusy={state.is === 'running'} onClick={() => void start(id, {})}>
            {t('testAgain')}
          </Button>
          <Button kind="primary" onClick={onClose}>
            {common('done')}
          </Button>
        </>
      }
    >
      <TrialResult state={state} />
    </Dialog>
  )
}
