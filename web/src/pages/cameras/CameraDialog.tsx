import { useMutation, useQuery } from '@tanstack/react-query'
import { PlugZap } from 'lucide-react'
import { type SubmitEvent, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import type { Camera } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { ErrorState, SkeletonRows, useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { type CameraForm, formOf, inputOf, isBehindMore } from './cameraForm.ts'
import { CameraFields } from './CameraFields.tsx'
import { MoreFields } from './MoreFields.tsx'
import { cameraTexts } from './texts.ts'
import { useTrial } from './trial.ts'
import { TrialResult } from './TrialResult.tsx'

interface CameraDialogProps {
  /** As listed; a new one without. */
  known?: Camera
  onClose: () => void
  onSaved: () => void
}

export function CameraDialog({ known, onClose, onSaved }: CameraDialogProps) {
  const t = useTexts(cameraTexts)
  const id = known?.id
  // The list has no addresses, so the camera is asked for by itself.
  const { data, error, refetch } = useQuery({
    queryKey: ['camera', id],
    enabled: id !== undefined,
    queryFn: () => answerOf(api.GET('/api/cameras/{id}', { params: { path: { id: id ?? '' } } })),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  if (!known || data) return <Form camera={data} onClose={onClose} onSaved={onSaved} />
  return (
    <Dialog title={t('editTitle', { camera: known.name })} onClose={onClose}>
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows count={3} />}
    </Dialog>
  )
}

function Form({ camera, onClose, onSaved }: { camera: Camera | undefined; onClose: () => void; onSaved: () => void }) {
  const t = useTexts(cameraTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const formId = useId()
  const [form, setForm] = useState(() => formOf(camera))
  const trial = useTrial()
  const save = useMutation({
    mutationFn: () => saved(form, camera),
    onSuccess: (after) => {
      toast('good', t(camera ? 'saved' : 'added', { camera: after.name }))
      onSaved()
      onClose()
    },
  })
  // Whatever was asked last says what is wrong with the fields.
  const problem = save.error ?? (trial.state.is === 'failed' ? trial.state.error : null)
  const fields = problem instanceof ApiError ? problem.fields : {}
  const change = (values: Partial<CameraForm>) => setForm((before) => ({ ...before, ...values }))
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    save.mutate()
  }
  const test = () => {
    save.reset()
    void trial.start(camera?.id, inputOf(form, camera))
  }
  return (
    <Dialog
      title={camera ? t('editTitle', { camera: camera.name }) : t('addTitle')}
      onClose={onClose}
      footer={
        <>
          <Button
            className="mr-auto max-sm:w-full"
            icon={<PlugZap className="size-4" />}
            isBusy={trial.state.is === 'running'}
            onClick={test}
          >
            {t('testNow')}
          </Button>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} kind="primary" isBusy={save.isPending}>
            {camera ? common('save') : t('add')}
          </Button>
        </>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <CameraFields camera={camera} form={form} fields={fields} onChange={change} />
        {!save.error && <TrialResult state={trial.state} />}
        <MoreFields camera={camera} form={form} fields={fields} isOpen={isBehindMore(fields)} onChange={change} />
        {save.error && Object.keys(fields).length === 0 && (
          <p role="alert" className="text-bad">
            {errorText(save.error)}
          </p>
        )}
      </form>
    </Dialog>
  )
}

function saved(form: CameraForm, camera: Camera | undefined): Promise<Camera> {
  const body = inputOf(form, camera)
  if (!camera) return answerOf(api.POST('/api/cameras', { body }))
  return answerOf(api.PUT('/api/cameras/{id}', { params: { path: { id: camera.id } }, body }))
}
