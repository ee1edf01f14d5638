import { useWindowVirtualizer } from '@tanstack/react-virtual'
import { clsx } from 'clsx'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { type ReactNode, type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useIsPhone } from './useMediaQuery.ts'

export interface Column<Row> {
  key: string
  header: string
  cell: (row: Row) => ReactNode
  /** By what the column is sorted, where it can be. */
  sortBy?: (row: Row) => string | number
  align?: 'right'
  /** On a phone: the heading of the card, its corner, or left out. Else a line with the header before it. */
  onPhone?: 'title' | 'corner' | 'hidden'
  className?: string
}

interface TableProps<Row> {
  /** What the table shows, for screen readers. */
  label: string
  columns: Column<Row>[]
  rows: Row[]
  rowKey: (row: Row) => string
  /** Instead of the table, where there are no rows. */
  empty: ReactNode
}

// As many rows are drawn as they are; longer lists draw only what is near the window.
const virtualFrom = 80

interface Sorting {
  key: string
  descending: boolean
}

/** A table on a wide screen, cards on a phone; rows beyond the window are not drawn where there are many. */
export function Table<Row>(props: TableProps<Row>) {
  const isPhone = useIsPhone()
  const [sorting, setSorting] = useState<Sorting | null>(null)
  const { columns, rows } = props
  const sorted = useMemo(() => sortRows(rows, columns, sorting), [rows, columns, sorting])
  if (rows.length === 0) return <>{props.empty}</>
  if (isPhone) return <Cards {...props} rows={sorted} />
  return <Grid {...props} rows={sorted} sorting={sorting} onSort={setSorting} />
}

function sortRows<Row>(rows: Row[], columns: Column<Row>[], sorting: Sorting | null): Row[] {
  const by = columns.find((column) => column.key === sorting?.key)?.sortBy
  if (!sorting || !by) return rows
  const direction = sorting.descending ? -1 : 1
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)]
    const order = typeof x === 'number' && typeof y === 'number' ? x - y : String(x).localeCompare(String(y))
    return direction * order
  })
}

interface Visible<Row> {
  rows: { row: Row; index: number }[]
  above: number
  below: number
  measure: ((element: Element | null) => void) | undefined
}

function useVisibleRows<Row>(
  rows: Row[],
  rowKey: (row: Row) => string,
  estimate: number,
  container: RefObject<HTMLElement | null>,
): Visible<Row> {
  // Where the list begins in the document; found out after it was laid out.
  const [margin, setMargin] = useState(0)
  useLayoutEffect(() => {
    const element = container.current
    if (!element) return
    const measure = () => setMargin(element.getBoundingClientRect().top + window.scrollY)
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [container])
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => estimate,
    getItemKey: (index) => {
      const row = rows[index]
      return row === undefined ? index : rowKey(row)
    },
    overscan: 12,
    scrollMargin: margin,
    enabled: rows.length > virtualFrom,
  })
  if (rows.length <= virtualFrom)
    return { rows: rows.map((row, index) => ({ row, index })), above: 0, below: 0, measure: undefined }
  const items = virtualizer.getVirtualItems()
  const visible = items.flatMap((item) => {
    const row = rows[item.index]
    return row === undefined ? [] : [{ row, index: item.index }]
  })
  return {
    rows: visible,
    above: (items[0]?.start ?? margin) - margin,
    below: virtualizer.getTotalSize() + margin - (items.at(-1)?.end ?? margin),
    measure: virtualizer.measureElement,
  }
}

interface GridProps<Row> extends TableProps<Row> {
  sorting: Sorting | null
  onSort: (sorting: Sorting) => void
}

function Grid<Row>({ label, columns, rows, rowKey, sorting, onSort }: GridProps<Row>) {
  const body = useRef<HTMLTableSectionElement>(null)
  const visible = useVisibleRows(rows, rowKey, 57, body)
  return (
    <div className="overflow-x-auto">
      <table aria-label={label} aria-rowcount={rows.length + 1} className="w-full border-collapse text-left">
        <thead>
          <tr className="border-b border-line text-sm text-soft">
            {columns.map((column) => (
              <HeaderCell key={column.key} column={column} sorting={sorting} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody ref={body}>
          <Spacer height={visible.above} columns={columns.length} />
          {visible.rows.map(({ row, index }) => (
            <tr
              key={rowKey(row)}
              ref={visible.measure}
              data-index={index}
              aria-rowindex={index + 2}
              className="border-b border-line last:border-0 hover:bg-sunken/60"
            >
              {columns.map((column) => (
                <td
                  key={column.key}
                  className={clsx('px-4 py-2.5 first:pl-5 last:pr-5', column.align && 'text-right', column.className)}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
          <Spacer height={visible.below} columns={columns.length} />
        </tbody>
      </table>
    </div>
  )
}

function Spacer({ height, columns }: { height: number; columns: number }) {
  if (height <= 0) return null
  return (
    <tr aria-hidden>
      <td colSpan={columns} style={{ height, padding: 0 }} />
    </tr>
  )
}

interface HeaderCellProps<Row> {
  column: Column<Row>
  sorting: Sorting | null
  onSort: (sorting: Sorting) => void
}

function HeaderCell<Row>({ column, sorting, onSort }: HeaderCellProps<Row>) {
  const look = clsx('px-4 py-2.5 font-medium first:pl-5 last:pr-5', column.align && 'text-right')
  if (!column.sortBy)
    return (
      <th scope="col" className={look}>
        {column.header}
      </th>
    )
  const isMine = sorting?.key === column.key
  const Icon = !isMine ? ChevronsUpDown : sorting.descending ? ArrowDown : ArrowUp
  return (
    <th scope="col" className={look} aria-sort={!isMine ? 'none' : sorting.descending ? 'descending' : 'ascending'}>
      <button
        type="button"
        className="inline-flex items-center gap-1 rounded hover:text-ink"
        onClick={() => onSort({ key: column.key, descending: isMine && !sorting.descending })}
      >
        {column.header}
        <Icon className="size-3.5" aria-hidden />
      </button>
    </th>
  )
}

function Cards<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  const list = useRef<HTMLUListElement>(null)
  const visible = useVisibleRows(rows, rowKey, 132, list)
  const title = columns.filter((column) => column.onPhone === 'title')
  const corner = columns.filter((column) => column.onPhone === 'corner')
  const lines = columns.filter((column) => column.onPhone === undefined)
  return (
    <ul ref={list} aria-label={label}>
      {visible.above > 0 && <li aria-hidden style={{ height: visible.above }} />}
      {visible.rows.map(({ row, index }) => (
        <li
          key={rowKey(row)}
          ref={visible.measure}
          data-index={index}
          className="border-b border-line p-4 last:border-0"
        >
          <div className="flex items-start justify-between gap-3">
            <div className="min-w-0">
              {title.map((column) => (
                <div key={column.key}>{column.cell(row)}</div>
              ))}
            </div>
            {corner.map((column) => (
              <div key={column.key}>{column.cell(row)}</div>
            ))}
          </div>
          {lines.length > 0 && (
            <dl className="mt-2 grid gap-1 text-sm">
              {lines.map((column) => (
                <div key={column.key} className="flex items-center justify-between gap-4">
                  <dt className="text-soft">{column.header}</dt>
                  <dd className="min-w-0 text-right">{column.cell(row)}</dd>
                </div>
              ))}
            </dl>
          )}
        </li>
      ))}
      {visible.below > 0 && <li aria-hidden style={{ height: visible.below }} />}
    </ul>
  )
}
