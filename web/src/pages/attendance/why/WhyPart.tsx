import { TriangleAlert } from 'lucide-react'
import type { Schema } from '@/api/types.ts'
import { useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { clockTimeWithSeconds, useTimes } from '@/i18n/times.ts'
import { useLive } from '@/live/connection.ts'
import { Badge, type Tone } from '@/ui/Badge.tsx'
import { ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { type AttendanceRow, isStatus } from '../status.ts'
import { attendanceTexts } from '../texts.ts'
import { sentenceOf, type Speech } from './sentences.ts'
import { useExplanation } from '../day/useDay.ts'
import { whyTexts } from './texts.ts'

type Explanation = Schema<'Explanation'>

function useSpeech(): Speech {
  const t = useTexts(whyTexts)
  const a = useTexts(attendanceTexts)
  const { timeZone } = useLive()
  return {
    t,
    times: useTimes(),
    timeZone,
    locale: useLanguage() === 'id' ? 'id-ID' : 'en-GB',
    statusWord: (status) => (isStatus(status) ? a(status) : status),
  }
}

/** The chain from sightings and rules to each figure of the day. */
export function WhyPart({ row }: { row: AttendanceRow }) {
  const query = useExplanation(row.employee_id, row.date)
  if (query.isError && !query.data) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data) return <SkeletonRows count={4} />
  return <Explained explanation={query.data} />
}

function Explained({ explanation }: { explanation: Explanation }) {
  const speech = useSpeech()
  const { t } = speech
  const sentences = explanation.figures.flatMap((figure) => sentenceOf(figure, speech) ?? [])
  return (
    <div className="flex flex-col gap-6">
      {explanation.differs && (
        <p className="flex gap-3 rounded-xl bg-warn-soft px-4 py-3 text-warn">
          <TriangleAlert className="mt-0.5 size-5 shrink-0" aria-hidden />
          {t('differs')}
        </p>
      )}
      <ol className="flex flex-col gap-3">
        {sentences.map(({ title, text }, index) => (
          // They come in a fixed order, and some are alike.
          <li key={index} className="grid gap-x-4 sm:grid-cols-[9rem_minmax(0,1fr)]">
            <span className="text-sm text-soft sm:pt-0.5">{title}</span>
            <span className="break-words">{text}</span>
          </li>
        ))}
      </ol>
      <Edges explanation={explanation} speech={speech} />
      <Sightings explanation={explanation} />
    </div>
  )
}

/** When cameras saw them come and lost them. */
function Edges({ explanation, speech }: { explanation: Explanation; speech: Speech }) {
  const { t } = speech
  const edges = explanation.figures.filter(({ figure }) => figure === 'ENTER' || figure === 'EXIT')
  if (edges.length === 0) return null
  return (
    <section>
      <h3 className="mb-2 font-semibold">{t('presence')}</h3>
      <ul className="flex flex-wrap gap-1.5">
        {edges.map((edge, index) => (
          <li key={index}>
            <Badge tone={edge.figure === 'ENTER' ? 'good' : 'quiet'}>
              {edge.value.slice(11, 16)} {t(edge.figure === 'ENTER' ? 'enter' : 'exit')}
            </Badge>
          </li>
        ))}
      </ul>
    </section>
  )
}

const tones: Record<string, Tone> = { check_in: 'good', check_out: 'good', review: 'warn' }

function Sightings({ explanation: { sightings } }: { explanation: Explanation }) {
  const t = useTexts(whyTexts)
  const a = useTexts(attendanceTexts)
  if (sightings.length === 0) return <p className="text-soft">{t('noSightings')}</p>
  return (
    <details>
      <summary className="cursor-pointer font-semibold">{t('sightingsCount', { count: sightings.length })}</summary>
      <div className="mt-2 overflow-x-auto">
        <table aria-label={t('sightings')} className="w-full text-left text-sm">
          <thead>
            <tr className="border-b border-line text-soft">
              <th scope="col" className="py-2 pr-4 font-medium">
                {t('time')}
              </th>
              <th scope="col" className="py-2 pr-4 font-medium">
                {a('camera')}
              </th>
              <th scope="col" className="py-2 pr-4 text-right font-medium">
                {a('confidence')}
              </th>
              <th scope="col" className="py-2 font-medium">
                {t('taken')}
              </th>
            </tr>
          </thead>
          <tbody>
            {sightings.map((sighting) => (
              <tr key={sighting.id} className="border-b border-line last:border-0">
                <td className="py-1.5 pr-4">{clockTimeWithSeconds(sighting.time)}</td>
                <td className="py-1.5 pr-4">{sighting.camera}</td>
                <td className="py-1.5 pr-4 text-right">{Math.round(sighting.confidence * 100)} %</td>
                <td className="py-1.5">
                  <Badge tone={tones[sighting.decision] ?? 'quiet'}>{t(sighting.decision)}</Badge>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
