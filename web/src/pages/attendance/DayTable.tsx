import { CircleQuestionMark, PencilLine } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { clockTime, useTimes } from '@/i18n/times.ts'
import { useSession } from '@/shell/session.ts'
import { IconButton } from '@/ui/Button.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { Capture } from './Capture.tsx'
import type { AttendanceRow } from './status.ts'
import { StatusOf } from './StatusOf.tsx'
import { attendanceTexts } from './texts.ts'

interface DayTableProps {
  rows: AttendanceRow[]
  today: string | undefined
  /** Each row says its day. */
  hasManyDays: boolean
  empty: ReactNode
  onOpen: (row: AttendanceRow, part?: string) => void
}

export const rowKey = (row: AttendanceRow): string => `${row.date} ${row.employee_id}`

export function DayTable({ rows, today, hasManyDays, empty, onOpen }: DayTableProps) {
  const t = useTexts(attendanceTexts)
  const times = useTimes()
  const { may } = useSession()
  const columns: Column<AttendanceRow>[] = [
    {
      key: 'name',
      header: t('name'),
      sortBy: (row) => row.name,
      onPhone: 'title',
      cell: (row) => <Who row={row} onOpen={() => onOpen(row)} />,
    },
    ...(hasManyDays
      ? [
          {
            key: 'date',
            header: t('date'),
            sortBy: (row: AttendanceRow) => row.date,
            className: 'whitespace-nowrap',
            cell: (row: AttendanceRow) => times.day(row.date),
          },
        ]
      : []),
    {
      key: 'status',
      header: t('status'),
      sortBy: (row) => row.status,
      onPhone: 'corner',
      cell: (row) => <StatusOf row={row} today={today} />,
    },
    {
      key: 'first_in',
      header: t('firstIn'),
      sortBy: (row) => row.first_in ?? '',
      cell: (row) => <End row={row} end="first_in" onEnlarge={() => onOpen(row)} />,
    },
    {
      key: 'last_out',
      header: t('lastOut'),
      sortBy: (row) => row.last_out ?? '',
      cell: (row) => <End row={row} end="last_out" onEnlarge={() => onOpen(row)} />,
    },
    {
      key: 'duration',
      header: t('duration'),
      align: 'right',
      sortBy: (row) => row.duration_minutes ?? -1,
      className: 'whitespace-nowrap',
      cell: (row) => (row.duration_minutes === null ? '–' : times.lasting(row.duration_minutes)),
    },
    {
      key: 'source',
      header: t('source'),
      sortBy: (row) => row.entry_type ?? '',
      cell: (row) => <Source row={row} />,
    },
    {
      key: 'actions',
      header: t('actions'),
      align: 'right',
      onPhone: 'hidden',
      className: 'whitespace-nowrap',
      cell: (row) => (
        <>
          <IconButton
            label={t('whyOf', { name: row.name, day: times.day(row.date) })}
            onClick={() => onOpen(row, 'why')}
            className="size-9"
          >
            <CircleQuestionMark className="size-4.5" />
          </IconButton>
          {may('attendance:write') && (
            <IconButton
              label={t('correctOf', { name: row.name, day: times.day(row.date) })}
              onClick={() => onOpen(row, 'correct')}
              className="size-9"
            >
              <PencilLine className="size-4.5" />
            </IconButton>
          )}
        </>
      ),
    },
  ]
  return <Table label={t('table')} columns={columns} rows={rows} rowKey={rowKey} empty={empty} />
}

function Who({ row, onOpen }: { row: AttendanceRow; onOpen: () => void }) {
  const t = useTexts(attendanceTexts)
  const times = useTimes()
  return (
    <button
      type="button"
      onClick={onOpen}
      title={t('openDay', { name: row.name, day: times.day(row.date) })}
      className="block max-w-full rounded text-left hover:text-accent-strong"
    >
      <span className="block font-medium">{row.name}</span>
      <span className="block text-sm text-soft">{[row.employee_id, row.department].filter(Boolean).join(' · ')}</span>
    </button>
  )
}

interface EndProps {
  row: AttendanceRow
  end: 'first_in' | 'last_out'
  onEnlarge: () => void
}

function End({ row, end, onEnlarge }: EndProps) {
  const t = useTexts(attendanceTexts)
  const at = row[end]
  const camera = row[`${end}_camera`]
  const what = t(end === 'first_in' ? 'firstIn' : 'lastOut')
  if (!at) return <span className="text-soft">–</span>
  return (
    <div className="flex items-center gap-2.5 max-md:flex-row-reverse">
      {row[`${end}_picture`] && (
        <button
          type="button"
          aria-label={t('enlarge', { name: row.name, what })}
          title={t('enlarge', { name: row.name, what })}
          onClick={onEnlarge}
          className="rounded-lg"
        >
          <Capture src={row[`${end}_picture`]} alt="" className="size-9" />
        </button>
      )}
      <div className="min-w-0">
        <span className="block font-medium">{clockTime(at)}</span>
        {camera && <span className="block truncate text-sm text-soft">{camera}</span>}
      </div>
    </div>
  )
}

function Source({ row }: { row: AttendanceRow }) {
  const t = useTexts(attendanceTexts)
  if (!row.entry_type) return <span className="text-soft">–</span>
  const isOpen = row.entry_type === 'MANUAL' && !row.approved_by
  return (
    <span title={t('sourceHint')}>
      <span className="block">{t(row.entry_type)}</span>
      {row.entry_type === 'MANUAL' && (
        <span className={isOpen ? 'block text-sm text-warn' : 'block text-sm text-soft'}>
          {row.approved_by ? t('approvedBy', { name: row.approved_by }) : t('notApproved')}
        </span>
      )}
    </span>
  )
}
