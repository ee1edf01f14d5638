import { clsx } from 'clsx'
import { Check } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { useTexts } from '@/i18n/texts.ts'
import { buttonLook } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { SkeletonRows } from '@/ui/states.tsx'
import { CameraStep } from './CameraStep.tsx'
import { PersonStep } from './PersonStep.tsx'
import { type Step, steps, useGuideWanted, useProgress } from './progress.ts'
import { SiteStep } from './SiteStep.tsx'
import { welcomeTexts } from './texts.ts'

/** The guide after the first start: time zone, first camera, first person. Each can be skipped. */
export default function WelcomePage() {
  const t = useTexts(welcomeTexts)
  const progress = useProgress()
  const { dismiss } = useGuideWanted()
  const [chosen, setChosen] = useState<Step | null>(null)
  if (!progress) return <SkeletonRows />
  const open = chosen ?? steps.find((step) => !progress[step]) ?? null
  const isAllDone = steps.every((step) => progress[step])
  const following = (step: Step) => () => setChosen(steps[steps.indexOf(step) + 1] ?? null)
  const content: Readonly<Record<Step, { title: string; body: ReactNode }>> = {
    site: { title: t('siteTitle'), body: <SiteStep onDone={following('site')} /> },
    camera: { title: t('cameraTitle'), body: <CameraStep onDone={following('camera')} /> },
    person: {
      title: t('personTitle'),
      body: <PersonStep onBegin={() => setChosen('person')} onDone={() => setChosen(null)} />,
    },
  }
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title={t('title')}
        description={isAllDone ? t('allDoneHint') : t('description')}
        actions={
          <Link to="/live" className={buttonLook({ kind: isAllDone ? 'primary' : 'plain' })}>
            {isAllDone ? t('finish') : t('later')}
          </Link>
        }
      />
      <ol className="flex flex-col gap-4">
        {steps.map((step, index) => (
          <li key={step}>
            <Card isFlush>
              <button
                type="button"
                aria-expanded={open === step}
                onClick={() => setChosen(step)}
                className="flex w-full items-center gap-4 px-5 py-4 text-left focus-visible:-outline-offset-4"
              >
                <StepMark number={index + 1} isDone={progress[step]} />
                <span className="flex-1 font-semibold">{content[step].title}</span>
                {progress[step] && <span className="text-sm text-good">{t('stepDone')}</span>}
              </button>
              {open === step && <div className="border-t border-line p-5">{content[step].body}</div>}
            </Card>
          </li>
        ))}
      </ol>
      {!isAllDone && (
        <p className="mt-5 text-center">
          <Link to="/live" onClick={dismiss} className="text-sm text-soft underline underline-offset-4 hover:text-ink">
            {t('dismiss')}
          </Link>
        </p>
      )}
    </div>
  )
}

function StepMark({ number, isDone }: { number: number; isDone: boolean }) {
  return (
    <span
      aria-hidden
      className={clsx(
        'grid size-8 shrink-0 place-items-center rounded-full text-sm font-semibold',
        isDone ? 'bg-good-soft text-good' : 'bg-accent-soft text-accent-strong',
      )}
    >
      {isDone ? <Check className="size-4" /> : number}
    </span>
  )
}
