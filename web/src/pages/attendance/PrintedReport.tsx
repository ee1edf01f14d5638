import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Schema } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { clockTime, useTimes } from '@/i18n/times.ts'
import { serverNow, useLive } from '@/live/connection.ts'
import { rowKey } from './DayTable.tsx'
import type { AttendanceRow } from './status.ts'
import { attendanceTexts } from './texts.ts'

function useIsPrinting(): boolean {
  const [isPrinting, setPrinting] = useState(false)
  useEffect(() => {
    // The browser takes its picture of the page right after the event.
    const begin = () => flushSync(() => setPrinting(true))
    const end = () => setPrinting(false)
    window.addEventListener('beforeprint', begin)
    window.addEventListener('afterprint', end)
    return () => {
      window.removeEventListener('beforeprint', begin)
      window.removeEventListener('afterprint', end)
    }
  }, [])
  return isPrinting
}

interface PrintedReportProps {
  report: Schema<'AttendanceReport'>
  rows: readonly AttendanceRow[]
  today: string | undefined
}

/** All rows for paper: the table on the screen draws only what is near the window. */
export function PrintedReport({ report, rows, today }: PrintedReportProps) {
  const t = useTexts(attendanceTexts)
  const times = useTimes()
  const { timeZone } = useLive()
  const isPrinting = useIsPrinting()
  if (!isPrinting) return null
  const isOneDay = report.from === report.to
  const time = new Date(serverNow()).toLocaleString('sv-SE', { timeZone }).slice(0, 16)
  return (
    <div className="hidden text-xs print:block">
      <p className="mb-2">
        {isOneDay ? times.day(report.from) : `${times.day(report.from)} – ${times.day(report.to)}`} ·{' '}
        {t('shownOf', { shown: rows.length, total: report.total })} · {t('printed', { time })}
      </p>
      {rows.length < report.total && (
        <p className="mb-2 font-semibold">{t('printedPart', { shown: rows.length, total: report.total })}</p>
      )}
      <table className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b-2 border-line">
            {!isOneDay && <th className="py-1 pr-2">{t('date')}</th>}
            <th className="py-1 pr-2">{t('name')}</th>
            <th className="py-1 pr-2">{t('department')}</th>
            <th className="py-1 pr-2">{t('status')}</th>
            <th className="py-1 pr-2">{t('firstIn')}</th>
            <th className="py-1 pr-2">{t('lastOut')}</th>
            <th className="py-1 pr-2">{t('duration')}</th>
            <th className="py-1 pr-2">{t('source')}</th>
            <th className="py-1">{t('remarks')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className="break-inside-avoid border-b border-line">
              {!isOneDay && <td className="py-1 pr-2 whitespace-nowrap">{row.date}</td>}
              <td className="py-1 pr-2">
                {row.name} ({row.employee_id})
              </td>
              <td className="py-1 pr-2">{row.department}</td>
              <td className="py-1 pr-2">
                {row.status === 'ABSENT' && row.entry_type === null && row.date === today ? t('notYet') : t(row.status)}
              </td>
              <td className="py-1 pr-2">{row.first_in && clockTime(row.first_in)}</td>
              <td className="py-1 pr-2">{row.last_out && clockTime(row.last_out)}</td>
              <td className="py-1 pr-2 whitespace-nowrap">
                {row.duration_minutes !== null && times.lasting(row.duration_minutes)}
              </td>
              <td className="py-1 pr-2">{row.entry_type && t(row.entry_type)}</td>
              <td className="py-1">{row.remarks}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
