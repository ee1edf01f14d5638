import { useTexts } from '@/i18n/texts.ts'
import { useLive } from '@/live/connection.ts'
import { presentCount } from '@/live/state.ts'
import { Card } from '@/ui/Card.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { liveTexts } from './texts.ts'

export default function LivePage() {
  const t = useTexts(liveTexts)
  const { people } = useLive()
  return (
    <>
      <PageHeader title={t('title')} />
      <Card title={t('present')}>
        {presentCount(people.values())} / {people.size}
      </Card>
    </>
  )
}
