import { useTexts } from '@/i18n/texts.ts'
import { StatusPill } from '@/ui/Badge.tsx'
import { type AttendanceRow, statusTones } from './status.ts'
import { attendanceTexts } from './texts.ts'

/** The status in words. Who is absent while the day still runs is only not in yet. */
export function StatusOf({ row, today }: { row: AttendanceRow; today: string | undefined }) {
  const t = useTexts(attendanceTexts)
  if (row.status === 'ABSENT' && row.entry_type === null && row.date === today)
    return <StatusPill>{t('notYet')}</StatusPill>
  return <StatusPill tone={statusTones[row.status]}>{t(row.status)}</StatusPill>
}
