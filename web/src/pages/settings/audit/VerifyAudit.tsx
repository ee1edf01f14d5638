import { useMutation } from '@tanstack/react-query'
import { ShieldCheck, ShieldX } from 'lucide-react'
import { answerOf, api } from '@/api/client.ts'
import { useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { Secret } from '@/ui/Secret.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { settingsTexts } from '../texts.ts'
import { auditTexts } from './texts.ts'

/** Whether the log is what was written. */
export function VerifyAudit() {
  const t = useTexts(auditTexts)
  const say = useServerText()
  const words = useTexts(settingsTexts)
  const errorText = useErrorText()
  const verify = useMutation({ mutationFn: () => answerOf(api.GET('/api/audit/verify')) })
  const { data, error } = verify
  return (
    <Card>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-72 text-soft">{t('verifyHint')}</p>
        <Button icon={<ShieldCheck className="size-4" />} isBusy={verify.isPending} onClick={() => verify.mutate()}>
          {t('verify')}
        </Button>
      </div>
      <div aria-live="polite">
        {error && <p className="mt-3 text-bad">{errorText(error)}</p>}
        {data?.whole && (
          <div className="mt-4 flex flex-col gap-3">
            <p className="flex items-center gap-2 font-medium text-good">
              <ShieldCheck className="size-5 shrink-0" aria-hidden />
              {t('whole', { count: data.entries })}
            </p>
            <div>
              <Secret
                label={t('head')}
                value={data.head}
                copy={words('copy')}
                copied={words('copied')}
                failed={words('copyFailed')}
              />
              <p className="mt-1.5 text-sm text-soft">{t('headHint')}</p>
            </div>
          </div>
        )}
        {data && !data.whole && (
          <p className="mt-4 flex items-start gap-2 font-medium text-bad">
            <ShieldX className="mt-0.5 size-5 shrink-0" aria-hidden />
            {t('broken', { id: data.first_broken ?? '?', reason: say(data.reason ?? '') })}
          </p>
        )}
      </div>
    </Card>
  )
}
