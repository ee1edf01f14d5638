import { useQueryClient } from '@tanstack/react-query'
import { Cctv, Plus } from 'lucide-react'
import { useSearchParams } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { useCameras } from '@/live/cameras.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { EmptyState, ErrorState, Skeleton } from '@/ui/states.tsx'
import { CameraCard } from './CameraCard.tsx'
import { CameraDialog } from './CameraDialog.tsx'
import { RemoveCamera } from './RemoveCamera.tsx'
import { TestCamera } from './TestCamera.tsx'
import { cameraTexts } from './texts.ts'

/** /cameras?add, ?edit=CAM1, ?test=CAM1 and ?remove=CAM1 open the dialogs. */
export default function CamerasPage() {
  const t = useTexts(cameraTexts)
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const client = useQueryClient()
  const { data: cameras, error, refetch } = useCameras()
  const mayWrite = may('cameras:write')
  const close = () => setParams({})
  const changed = () => {
    void client.invalidateQueries({ queryKey: ['cameras'] })
    void client.invalidateQueries({ queryKey: ['camera'] })
  }
  const named = (param: string) => (mayWrite ? cameras?.find((camera) => camera.id === params.get(param)) : undefined)
  const [edited, tested, removed] = [named('edit'), named('test'), named('remove')]
  const addButton = mayWrite && (
    <Button kind="primary" icon={<Plus className="size-4" />} onClick={() => setParams({ add: '' })}>
      {t('add')}
    </Button>
  )
  return (
    <>
      <PageHeader title={t('title')} description={t('description')} actions={addButton} />
      {error && !cameras ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !cameras ? (
        <div className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          <Skeleton className="h-80 w-full rounded-2xl" />
          <Skeleton className="h-80 w-full rounded-2xl" />
        </div>
      ) : cameras.length === 0 ? (
        <EmptyState icon={<Cctv className="size-6" />} title={t('none')} action={addButton}>
          {mayWrite ? t('noneHint') : t('noneReadOnly')}
        </EmptyState>
      ) : (
        <ul aria-label={t('title')} className="grid gap-4 md:grid-cols-2 xl:grid-cols-3">
          {cameras.map((camera) => (
            <CameraCard
              key={camera.id}
              camera={camera}
              onOpen={(dialog) => setParams({ [dialog]: camera.id })}
              onChanged={changed}
            />
          ))}
        </ul>
      )}
      {mayWrite && params.has('add') && <CameraDialog onClose={close} onSaved={changed} />}
      {edited && <CameraDialog key={edited.id} known={edited} onClose={close} onSaved={changed} />}
      {tested && <TestCamera camera={tested} onClose={close} />}
      {removed && <RemoveCamera camera={removed} onClose={close} onRemoved={changed} />}
    </>
  )
}
