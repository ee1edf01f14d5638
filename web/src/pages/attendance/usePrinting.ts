import { useEffect, useState } from 'react'
import { flushSync } from 'react-dom'
import type { Schema } from '@/api/types.ts'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { daysAsked, type Filters } from './filters.ts'
import type { AttendanceRow } from './status.ts'
import { fetchReport, useSiteToday } from './useReport.ts'

export interface Printable {
  report: Schema<'AttendanceReport'>
  rows: readonly AttendanceRow[]
}

/** All rows that the filters ask for, page after page, whatever the screen has loaded. */
async function allRows(
  filters: Filters,
  today: string | undefined,
  onPart: (part: number) => void,
): Promise<Printable> {
  const days = daysAsked(filters, today) ?? {}
  const rows: AttendanceRow[] = []
  for (let page = 1; ; ++page) {
    const report = await fetchReport(filters, days, page)
    rows.push(...report.rows)
    if (report.rows.length === 0 || rows.length >= report.total) return { report, rows }
    onPart(rows.length / report.total)
  }
}

/** Prints once everything is there: `printable` stands on the page while the browser prints it. */
export function usePrinting(filters: Filters) {
  const today = useSiteToday()
  const errorText = useErrorText()
  const [printable, setPrintable] = useState<Printable | null>(null)
  /** How much is loaded, from 0 to 1; null while nothing is being loaded. */
  const [part, setPart] = useState<number | null>(null)
  useEffect(() => {
    const end = () => setPrintable(null)
    window.addEventListener('afterprint', end)
    return () => window.removeEventListener('afterprint', end)
  }, [])
  const print = async () => {
    setPart(0)
    try {
      const found = await allRows(filters, today, setPart)
      // The browser takes the page as it stands when it is asked to print.
      flushSync(() => setPrintable(found))
      window.print()
    } catch (error) {
      toast('bad', errorText(error))
    } finally {
      setPart(null)
    }
  }
  return { printable, part, print }
}
