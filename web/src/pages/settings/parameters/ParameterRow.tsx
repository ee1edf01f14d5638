import { RotateCcw } from 'lucide-react'
import { useId } from 'react'
import { useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Badge } from '@/ui/Badge.tsx'
import { IconButton } from '@/ui/Button.tsx'
import { Select, TextField } from '@/ui/Field.tsx'
import { meanings } from './meanings.ts'
import {
  allowedInIndonesian,
  choicesOf,
  isDefault,
  isOfAnalysis,
  type Parameter,
  unitInIndonesian,
} from './parameters.ts'
import { settingText } from './settingText.ts'
import { parameterTexts } from './texts.ts'

interface ParameterRowProps {
  parameter: Parameter
  /** In the field: what was typed, or the value. */
  text: string
  isDraft: boolean
  error: string | undefined
  /** null: the default. */
  onChange: (text: string | null) => void
}

export function ParameterRow({ parameter, text, isDraft, error, onChange }: ParameterRowProps) {
  const t = useTexts(parameterTexts)
  const { key } = parameter
  const isChanged = isDraft ? text !== settingText(parameter.default) : !isDefault(parameter)
  return (
    <li
      id={`parameter-${key}`}
      className="grid scroll-mt-24 gap-x-6 gap-y-2 border-b border-line px-5 py-4 last:border-0 md:grid-cols-[minmax(0,1fr)_17rem]"
    >
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium first-letter:uppercase">{useMeaning(parameter)}</span>
          {isChanged && <Badge tone="accent">{t('changed')}</Badge>}
          {parameter.pending && <Badge tone="warn">{t('pending')}</Badge>}
        </p>
        <Details parameter={parameter} />
      </div>
      <div className="flex items-start gap-1">
        <Control parameter={parameter} text={text} error={error} onChange={onChange} />
        <IconButton
          label={t('reset', { key })}
          disabled={!isChanged}
          onClick={() => onChange(null)}
          className="disabled:invisible"
        >
          <RotateCcw className="size-4" />
        </IconButton>
      </div>
    </li>
  )
}

function useMeaning({ key, meaning }: Parameter): string {
  const language = useLanguage()
  // The server speaks of files, where nothing is null; here it is an empty field.
  return language === 'id' ? (meanings[key] ?? meaning) : meaning.replace('null:', 'empty:')
}

function Details({ parameter }: { parameter: Parameter }) {
  const t = useTexts(parameterTexts)
  const isIndonesian = useLanguage() === 'id'
  const { kind, allowed, unit } = parameter
  const range =
    kind === 'boolean' ? '' : isIndonesian ? allowedInIndonesian(allowed) : allowed.replace(' or null', ' or empty')
  const effect = !parameter.needs_restart
    ? t('effectNow')
    : isOfAnalysis(parameter)
      ? t('effectAnalysis')
      : t('effectStart')
  const parts = [
    t('default', { value: useWord(parameter, settingText(parameter.default)) }),
    [range, isIndonesian ? unitInIndonesian(unit) : unit].filter(Boolean).join('; '),
    effect,
  ]
  return (
    <p className="mt-1 text-sm break-words text-soft">
      <code className="mr-2 rounded bg-sunken px-1.5 py-0.5 text-[0.8125rem]">{parameter.key}</code>
      {parts.filter(Boolean).join(' · ')}
    </p>
  )
}

function useWord({ kind, allowed }: Parameter, text: string): string {
  const t = useTexts(parameterTexts)
  if (kind === 'boolean') return text === 'true' ? t('yes') : t('no')
  if (text !== '') return text
  return allowed.includes('null') || kind === 'size' ? t('automatic') : t('nothing')
}

function Control({ parameter, text, error, onChange }: Omit<ParameterRowProps, 'isDraft'>) {
  const t = useTexts(parameterTexts)
  const zones = useId()
  const { key, kind } = parameter
  const words = {
    label: key,
    isLabelHidden: true,
    error,
    value: text,
    className: 'min-w-0 flex-1',
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  }
  if (kind === 'boolean')
    return (
      <Select {...words}>
        <option value="true">{t('yes')}</option>
        <option value="false">{t('no')}</option>
      </Select>
    )
  if (kind === 'choice')
    return (
      <Select {...words}>
        {choicesOf(parameter).map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </Select>
    )
  const isNumber = kind === 'integer' || kind === 'number'
  const empty = parameter.default === null ? t('automatic') : t('nothing')
  return (
    <>
      <TextField
        {...words}
        type={kind === 'time_of_day' ? 'time' : 'text'}
        inputMode={isNumber ? 'decimal' : 'text'}
        placeholder={empty}
        autoComplete="off"
        spellCheck={false}
        {...(kind === 'time_zone' && { list: zones })}
      />
      {kind === 'time_zone' && (
        <datalist id={zones}>
          {Intl.supportedValuesOf('timeZone').map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      )}
    </>
  )
}
