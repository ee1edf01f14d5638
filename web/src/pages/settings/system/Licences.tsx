import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { SkeletonRows } from '@/ui/states.tsx'
import { licencesOf } from './licences.ts'
import { systemTexts } from './texts.ts'

/** The licences of all that is in the page. */
export function Licences() {
  const t = useTexts(systemTexts)
  const [isShown, setShown] = useState(false)
  return (
    <Card title={t('licences')}>
      <p className="text-soft">{t('licencesHint')}</p>
      {isShown ? (
        <List />
      ) : (
        <Button className="mt-4" onClick={() => setShown(true)}>
          {t('showLicences')}
        </Button>
      )}
    </Card>
  )
}

function List() {
  const t = useTexts(systemTexts)
  const { data, error } = useQuery({
    queryKey: ['licences'],
    staleTime: Infinity,
    retry: false,
    queryFn: async () => {
      const answer = await fetch('/licences.txt')
      if (!answer.ok || !answer.headers.get('content-type')?.includes('plain')) throw new Error(answer.statusText)
      return licencesOf(await answer.text())
    },
  })
  if (error) return <p className="mt-3 text-soft">{t('noLicences')}</p>
  if (!data) return <SkeletonRows count={3} />
  return (
    <ul className="mt-3">
      {data.map(({ title, text }) => (
        <li key={title} className="border-t border-line">
          <details>
            <summary className="cursor-pointer py-2 font-medium">{title}</summary>
            <pre className="mb-3 rounded-lg bg-sunken p-3 text-xs whitespace-pre-wrap [overflow-wrap:anywhere]">
              {text}
            </pre>
          </details>
        </li>
      ))}
    </ul>
  )
}
