import { useQueryClient } from '@tanstack/react-query'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { DropZone } from '@/ui/DropZone.tsx'
import { SkeletonRows, useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { renewPeople } from '../people.ts'
import { type ChosenList, formatOf, importList, type ImportReport, largestList, textOf } from './importList.ts'
import { ReportView } from './ReportView.tsx'
import { importTexts } from './texts.ts'

/** A file, what it would change, and then the change itself. */
export default function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(importTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const client = useQueryClient()
  const [list, setList] = useState<ChosenList | null>(null)
  const [report, setReport] = useState<ImportReport | null>(null)
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const ask = async (chosen: ChosenList, preview: boolean) => {
    setBusy(true)
    setProblem('')
    try {
      const answer = await importList(chosen, preview)
      setReport(answer)
      if (!preview) {
        toast('good', t('done', { added: answer.added, changed: answer.changed }))
        await renewPeople(client)
      }
    } catch (error) {
      setProblem(errorText(error))
    }
    setBusy(false)
  }
  const choose = async (file: File) => {
    setReport(null)
    setList(null)
    setProblem(file.size > largestList ? t('tooLarge') : '')
    if (file.size > largestList) return
    try {
      const content = textOf(await file.arrayBuffer())
      const chosen = { name: file.name, content, format: formatOf(file.name, content) }
      setList(chosen)
      await ask(chosen, true)
    } catch {
      setProblem(t('unreadable'))
    }
  }
  const count = report ? report.added + report.changed : 0
  const isPreview = report?.preview === true
  return (
    <Dialog
      title={t('title')}
      description={t('hint')}
      size="wide"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{report && !isPreview ? common('done') : common('cancel')}</Button>
          {list && isPreview && count > 0 && (
            <Button kind="primary" isBusy={isBusy} onClick={() => void ask(list, false)}>
              {t('apply', { count })}
            </Button>
          )}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        {!(report && !isPreview) && (
          <DropZone
            icon={FileUp}
            title={list ? `${list.name} · ${t('another')}` : t('choose')}
            hint={t('chooseHint')}
            accept=".csv,.json,text/csv,application/json"
            isSmall={list !== null}
            onFiles={([file]) => {
              if (file) void choose(file)
            }}
          />
        )}
        {problem && (
          <p role="alert" className="rounded-lg bg-bad-soft p-3 text-bad">
            {problem}
          </p>
        )}
        {isBusy && !report && <SkeletonRows count={3} />}
        {report && <ReportView report={report} />}
      </div>
    </Dialog>
  )
}
