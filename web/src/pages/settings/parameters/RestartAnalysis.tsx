import { useQueryClient } from '@tanstack/react-query'
import { answerOf, api } from '@/api/client.ts'
import { useTexts } from '@/i18n/texts.ts'
import { ConfirmDialog } from '@/ui/Dialog.tsx'
import { toast } from '@/ui/toasts.ts'
import { parameterTexts } from './texts.ts'
import { parametersKey } from './useParameters.ts'

export function RestartAnalysis({ onClose }: { onClose: () => void }) {
  const t = useTexts(parameterTexts)
  const client = useQueryClient()
  const restart = async () => {
    await answerOf(api.POST('/api/system/restart'))
    toast('good', t('restarted'))
    void client.invalidateQueries({ queryKey: parametersKey })
    void client.invalidateQueries({ queryKey: ['cameras'] })
  }
  return (
    <ConfirmDialog
      title={t('restartTitle')}
      description={t('restartHint')}
      confirm={t('restart')}
      onConfirm={restart}
      onClose={onClose}
    />
  )
}
