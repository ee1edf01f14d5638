import { useMemo } from 'react'
import { useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Badge } from '@/ui/Badge.tsx'
import { peopleTexts } from '../texts.ts'
import type { ImportReport } from './importList.ts'
import { importTexts } from './texts.ts'

type Row = ImportReport['rows'][number]

/** More than anybody reads; the counts tell of all. */
const mostRows = 500

/** The numbers, the lines that can't be used, then who is new and what changes. */
export function ReportView({ report }: { report: ImportReport }) {
  const t = useTexts(importTexts)
  const say = useServerText()
  const counts: [string, number][] = [
    [t('added'), report.added],
    [t('changed'), report.changed],
    [t('unchanged'), report.unchanged],
    [t('leftOut'), report.left_out],
  ]
  return (
    <section aria-label={t('preview')} className="flex flex-col gap-4">
      <div role="status">
        <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          {counts.map(([label, count]) => (
            <div key={label} className="rounded-xl bg-sunken px-4 py-3">
              <dt className="text-sm text-soft">{label}</dt>
              <dd className="text-xl font-semibold">{count}</dd>
            </div>
          ))}
        </dl>
      </div>
      {report.problems.length > 0 && (
        <div className="rounded-xl bg-bad-soft p-4">
          <h3 className="font-medium text-bad">{t('problems')}</h3>
          <ul className="mt-1 list-disc pl-5">
            {report.problems.slice(0, mostRows).map(({ line, reason }) => (
              <li key={`${line} ${reason}`}>{t('problem', { line, reason: say(reason) })}</li>
            ))}
          </ul>
        </div>
      )}
      {report.ignored_columns.length > 0 && (
        <p className="rounded-xl bg-warn-soft p-3 text-warn">
          {t('ignored', { columns: report.ignored_columns.join(', ') })}
        </p>
      )}
      {report.rows.length === 0 && <p className="font-medium">{t('nothing')}</p>}
      {report.rows.length > 0 && <Rows rows={report.rows} />}
      {!report.preview && <p className="text-soft">{t('withFaces')}</p>}
    </section>
  )
}

function useFieldWords(): Record<string, string> {
  const t = useTexts(peopleTexts)
  return useMemo(
    () => ({
      employee_code: t('code'),
      employee_id: t('code'),
      name: t('name'),
      department: t('department'),
      role: t('role'),
      email: t('email'),
      phone: t('phone'),
      type: t('type'),
      person_type: t('type'),
      status: t('status'),
      organization: t('organization'),
      id_type: t('idType'),
      id_number: t('idNumber'),
    }),
    [t],
  )
}

function Rows({ rows }: { rows: Row[] }) {
  const t = useTexts(importTexts)
  const words = useFieldWords()
  return (
    <>
      <div className="overflow-x-auto rounded-xl border border-line">
        <table className="w-full text-left">
          <thead>
            <tr className="border-b border-line text-sm text-soft">
              <th scope="col" className="px-3 py-2 font-medium">
                {t('line')}
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                {t('person')}
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                {t('action')}
              </th>
              <th scope="col" className="px-3 py-2 font-medium">
                {t('fields')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, mostRows).map((row) => (
              <tr key={row.line} className="border-b border-line last:border-0">
                <td className="px-3 py-2 text-soft">{row.line}</td>
                <td className="px-3 py-2">
                  <p className="font-medium">{row.name}</p>
                  <p className="text-sm text-soft">{row.employee_id}</p>
                </td>
                <td className="px-3 py-2">
                  {row.action === 'add' ? (
                    <Badge tone="good">{t('added')}</Badge>
                  ) : (
                    <Badge tone="accent">{t('changed')}</Badge>
                  )}
                </td>
                <td className="px-3 py-2 text-sm text-soft">
                  {row.fields.map((field) => words[field] ?? field).join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > mostRows && <p className="text-sm text-soft">{t('more', { count: rows.length - mostRows })}</p>}
    </>
  )
}
