import type { ReactNode } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { clockTimeWithSeconds, useTimes } from '@/i18n/times.ts'
import { Capture } from '../Capture.tsx'
import type { AttendanceRow } from '../status.ts'
import { attendanceTexts } from '../texts.ts'

export function OverviewPart({ row }: { row: AttendanceRow }) {
  const t = useTexts(attendanceTexts)
  const times = useTimes()
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-2">
        <End row={row} end="first_in" />
        <End row={row} end="last_out" />
      </div>
      <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-3">
        <Fact label={t('duration')}>{row.duration_minutes === null ? '–' : times.lasting(row.duration_minutes)}</Fact>
        <Fact label={t('source')}>{row.entry_type ? t(row.entry_type) : '–'}</Fact>
        {row.remarks && <Fact label={t('remarks')}>{row.remarks}</Fact>}
      </dl>
    </div>
  )
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-soft">{label}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}

function End({ row, end }: { row: AttendanceRow; end: 'first_in' | 'last_out' }) {
  const t = useTexts(attendanceTexts)
  const what = t(end === 'first_in' ? 'firstIn' : 'lastOut')
  const at = row[end]
  const confidence = row[`${end}_confidence`]
  return (
    <figure className="flex flex-col gap-2">
      <Capture
        src={row[`${end}_picture`]}
        alt={at ? t('picture', { name: row.name, what, time: clockTimeWithSeconds(at) }) : ''}
        className="aspect-4/3 w-full object-contain!"
      />
      <figcaption>
        <span className="text-sm text-soft">{what}</span>
        <span className="flex flex-wrap items-baseline gap-x-3">
          <span className="text-xl font-semibold">{at ? clockTimeWithSeconds(at) : t('noTime')}</span>
          <span className="text-soft">
            {[
              row[`${end}_camera`],
              at && confidence !== null && row.entry_type !== 'MANUAL' ? `${Math.round(confidence * 100)} %` : null,
            ]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </span>
      </figcaption>
    </figure>
  )
}
