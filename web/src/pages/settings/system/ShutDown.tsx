import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { systemTexts } from './texts.ts'

/** It ends recognition for everybody and can't be undone from here, so a word has to be typed. */
export function ShutDown({ onClose }: { onClose: () => void }) {
  const t = useTexts(systemTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const formId = useId()
  const [word, setWord] = useState('')
  const isSure = word.trim().toLowerCase() === 'hadir'
  const shutdown = useMutation({
    mutationFn: () => answerOf(api.POST('/api/system/shutdown')),
    onSuccess: () => {
      toast('warn', t('shuttingDown'))
      onClose()
    },
  })
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isSure) shutdown.mutate()
  }
  return (
    <Dialog
      title={t('shutdownTitle')}
      description={t('shutdownConfirm')}
      size="small"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={formId} kind="danger" disabled={!isSure} isBusy={shutdown.isPending}>
            {t('shutdown')}
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={submit}>
        <TextField
          label={t('shutdownType')}
          value={word}
          error={shutdown.error ? errorText(shutdown.error) : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={(event) => setWord(event.target.value)}
        />
      </form>
    </Dialog>
  )
}
