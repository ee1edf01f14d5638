import { RotateCw, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { isOfAnalysis, type Parameter } from './parameters.ts'
import { RestartAnalysis } from './RestartAnalysis.tsx'
import { parameterTexts } from './texts.ts'

/** What was saved and is not in effect yet. */
export function PendingRestart({ parameters }: { parameters: readonly Parameter[] }) {
  const t = useTexts(parameterTexts)
  const [isAsking, setAsking] = useState(false)
  const pending = parameters.filter((parameter) => parameter.pending)
  const analysis = pending.filter(isOfAnalysis)
  const others = pending.filter((parameter) => !isOfAnalysis(parameter))
  if (pending.length === 0) return null
  return (
    <div role="status" className="flex flex-col gap-2 rounded-xl bg-warn-soft px-4 py-3 text-warn">
      {analysis.length > 0 && (
        <div className="flex flex-wrap items-center gap-3">
          <TriangleAlert className="size-5 shrink-0" aria-hidden />
          <p className="mr-auto font-medium">{t('waitAnalysis', { count: analysis.length })}</p>
          <Button size="small" icon={<RotateCw className="size-4" />} onClick={() => setAsking(true)}>
            {t('restart')}
          </Button>
        </div>
      )}
      {others.length > 0 && (
        <p className="flex items-start gap-3">
          <TriangleAlert className="mt-0.5 size-5 shrink-0" aria-hidden />
          <span className="min-w-0 break-words">
            {t('waitStart', { count: others.length, keys: others.map(({ key }) => key).join(', ') })}
          </span>
        </p>
      )}
      {isAsking && <RestartAnalysis onClose={() => setAsking(false)} />}
    </div>
  )
}
