import { useQuery } from '@tanstack/react-query'
import { Power, RotateCw } from 'lucide-react'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { asSentence, useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { StatusPill } from '@/ui/Badge.tsx'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { RestartAnalysis } from '../parameters/RestartAnalysis.tsx'
import { Licences } from './Licences.tsx'
import { ShutDown } from './ShutDown.tsx'
import { systemTexts } from './texts.ts'

/** What runs here, how it is, and the way to stop it. */
export function SystemTab() {
  const { may } = useSession()
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <About />
      <div className="flex flex-col gap-5">
        {may('system:admin') && <Control />}
        <Licences />
      </div>
    </div>
  )
}

function About() {
  const t = useTexts(systemTexts)
  const say = useServerText()
  const { data, error, refetch } = useQuery({
    queryKey: ['health'],
    queryFn: () => answerOf(api.GET('/healthz')),
    refetchInterval: 15_000,
  })
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={5} />
  const ailing = data.items.filter(({ status }) => status !== 'ok').length
  return (
    <Card
      title={t('about')}
      actions={
        <StatusPill tone={ailing > 0 ? 'warn' : 'good'}>
          {ailing > 0 ? t('ailing', { count: ailing }) : t('allWell')}
        </StatusPill>
      }
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-2">
        <dt className="text-soft">{t('version')}</dt>
        <dd className="font-medium">hadir {data.version}</dd>
        <dt className="text-soft">{t('models')}</dt>
        <dd className="break-words">{data.models}</dd>
        <dt className="text-soft">{t('api')}</dt>
        <dd>
          <a href="/api/docs" className="text-accent-strong underline underline-offset-2">
            {t('apiDocs')}
          </a>
        </dd>
      </dl>
      <h3 className="mt-5 mb-2 font-medium">{t('health')}</h3>
      <ul className="flex flex-col">
        {data.items.map(({ part, status, reason }) => (
          <li key={part} className="flex items-start justify-between gap-4 border-t border-line py-2">
            <span className="min-w-0">
              {asSentence(say(part))}
              {reason && <span className="block text-sm break-words text-soft">{asSentence(say(reason))}</span>}
            </span>
            <StatusPill tone={status === 'ok' ? 'good' : 'warn'}>{status === 'ok' ? t('well') : t('ails')}</StatusPill>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function Control() {
  const t = useTexts(systemTexts)
  const [asking, setAsking] = useState<'restart' | 'shutdown' | null>(null)
  const close = () => setAsking(null)
  return (
    <Card title={t('control')}>
      <div className="flex flex-col gap-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="min-w-0 flex-1 basis-64 text-soft">{t('restartHint')}</p>
          <Button icon={<RotateCw className="size-4" />} onClick={() => setAsking('restart')}>
            {t('restart')}
          </Button>
        </div>
        <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-5">
          <p className="min-w-0 flex-1 basis-64 text-soft">{t('shutdownHint')}</p>
          <Button kind="danger" icon={<Power className="size-4" />} onClick={() => setAsking('shutdown')}>
            {t('shutdown')}
          </Button>
        </div>
      </div>
      {asking === 'restart' && <RestartAnalysis onClose={close} />}
      {asking === 'shutdown' && <ShutDown onClose={close} />}
    </Card>
  )
}
