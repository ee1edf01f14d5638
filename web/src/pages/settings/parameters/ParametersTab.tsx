import { useMutation, useQueryClient } from '@tanstack/react-query'
import { SearchX } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { adoptSiteName } from '@/live/connection.ts'
import { Card } from '@/ui/Card.tsx'
import { TextField } from '@/ui/Field.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { bodyOf, type Drafts, shownText, withDraft, without } from './drafts.ts'
import { meanings } from './meanings.ts'
import { ParameterRow } from './ParameterRow.tsx'
import { grouped, isDefault, type Parameter } from './parameters.ts'
import { PendingRestart } from './PendingRestart.tsx'
import { SaveBar } from './SaveBar.tsx'
import { parameterTexts } from './texts.ts'
import { parametersKey, useParameters } from './useParameters.ts'

/** All parameters by group; ?q= finds some, ?changed shows those that are not as they come. */
export function ParametersTab() {
  const t = useTexts(parameterTexts)
  const { data, error, refetch } = useParameters()
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <SkeletonRows count={8} />
  return (
    <div className="flex flex-col gap-5">
      <p className="text-soft">{t('hint')}</p>
      <PendingRestart parameters={data} />
      <Editor parameters={data} />
    </div>
  )
}

function Editor({ parameters }: { parameters: Parameter[] }) {
  const t = useTexts(parameterTexts)
  const [drafts, setDrafts] = useState<Drafts>({})
  const { shown, filters } = useFilters(parameters, drafts)
  const { save, fields, setFields } = useSave(parameters, drafts, () => setDrafts({}))
  const change = (parameter: Parameter, text: string | null) => {
    setFields(without(fields, parameter.key) as Record<string, string>)
    setDrafts(withDraft(drafts, parameter, text))
  }
  return (
    <>
      {filters}
      {shown.length === 0 && <EmptyState icon={<SearchX className="size-6" />} title={t('none')} />}
      {grouped(shown).map(([group, list]) => (
        <Card key={group} title={t(group)} isFlush>
          <ul>
            {list.map((parameter) => (
              <ParameterRow
                key={parameter.key}
                parameter={parameter}
                text={shownText(drafts, parameter)}
                isDraft={drafts[parameter.key] !== undefined}
                error={fields[parameter.key]}
                onChange={(text) => change(parameter, text)}
              />
            ))}
          </ul>
        </Card>
      ))}
      <SaveBar
        count={Object.keys(drafts).length}
        error={Object.keys(fields).length === 0 ? save.error : null}
        isBusy={save.isPending}
        onSave={() => save.mutate()}
        onDiscard={() => {
          save.reset()
          setFields({})
          setDrafts({})
        }}
      />
    </>
  )
}

function useSave(parameters: readonly Parameter[], drafts: Drafts, onSaved: () => void) {
  const t = useTexts(parameterTexts)
  const client = useQueryClient()
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  const save = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/config/params', { body: bodyOf(drafts, parameters) as Record<string, never> })),
    onMutate: () => setFields({}),
    onSuccess: async (done) => {
      const name = bodyOf(drafts, parameters)['site_name']
      if (name !== undefined) adoptSiteName(typeof name === 'string' ? name : '')
      await client.invalidateQueries({ queryKey: parametersKey })
      toast('good', t('saved'), done.requires_restart ? t('savedPending') : undefined)
      onSaved()
    },
    onError: (error) => {
      if (!(error instanceof ApiError)) return
      setFields(error.fields)
      const first = parameters.find(({ key }) => key in error.fields)
      if (first) document.getElementById(`parameter-${first.key}`)?.scrollIntoView({ block: 'center' })
    },
  })
  return { save, fields, setFields }
}

function useFilters(parameters: readonly Parameter[], drafts: Drafts) {
  const t = useTexts(parameterTexts)
  const language = useLanguage()
  const [params, setParams] = useSearchParams()
  const query = params.get('q') ?? ''
  const onlyChanged = params.has('changed')
  const set = (key: string, value: string | null) => {
    const next = new URLSearchParams(params)
    if (value === null || (key === 'q' && value === '')) next.delete(key)
    else next.set(key, value)
    setParams(next, { replace: true })
  }
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  const shown = parameters.filter((parameter) => {
    const { key, meaning } = parameter
    if (drafts[key] !== undefined) return true
    if (onlyChanged && isDefault(parameter)) return false
    const text = `${key} ${language === 'id' ? (meanings[key] ?? meaning) : meaning}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const filters = (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
      <TextField
        type="search"
        label={t('search')}
        isLabelHidden
        placeholder={t('search')}
        value={query}
        className="w-full sm:w-80"
        onChange={(event) => set('q', event.target.value)}
      />
      <label className="flex items-center gap-2.5">
        <input
          type="checkbox"
          checked={onlyChanged}
          onChange={(event) => set('changed', event.target.checked ? '' : null)}
          className="size-4 accent-accent"
        />
        {t('onlyChanged')}
      </label>
    </div>
  )
  return { shown, filters }
}
