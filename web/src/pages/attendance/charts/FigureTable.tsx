import { useTexts } from '@/i18n/texts.ts'
import { chartTexts } from './texts.ts'

interface FigureTableProps {
  label: string
  header: string[]
  rows: (string | number)[][]
}

/** The figures of a chart as a table, for screen readers and for reading off. */
export function FigureTable({ label, header, rows }: FigureTableProps) {
  const t = useTexts(chartTexts)
  return (
    <details className="mt-4">
      <summary className="cursor-pointer text-sm font-medium text-soft">{t('asTable')}</summary>
      {/* A table that scrolls must be reachable by the keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div tabIndex={0} role="region" aria-label={label} className="mt-2 max-h-80 overflow-auto">
        <table aria-label={label} className="w-full text-left text-sm">
          <thead>
            <tr className="border-b border-line text-soft">
              {header.map((title, index) => (
                <th key={title} scope="col" className={index === 0 ? 'py-1.5 font-medium' : 'text-right font-medium'}>
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([first = '', ...others]) => (
              <tr key={first} className="border-b border-line last:border-0">
                <th scope="row" className="py-1 font-normal whitespace-nowrap">
                  {first}
                </th>
                {others.map((value, index) => (
                  <td key={index} className="text-right">
                    {value}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  )
}
