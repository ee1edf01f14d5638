import { useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { Select, TextField } from '@/ui/Field.tsx'
import { type AdvancedField, advancedTexts } from './advancedTexts.ts'
import type { FieldsProps } from './CameraFields.tsx'
import { type AdvancedGroup, advancedGroups, overrideKinds } from './overrides.ts'
import { cameraTexts } from './texts.ts'
import { type SiteValues, useSiteValues } from './useSiteValues.ts'

const groups = Object.entries(advancedGroups) as [AdvancedGroup, readonly AdvancedField[]][]

/** Everything else a camera may have of its own, in groups; open where something is wrong. */
export function AdvancedFields(props: FieldsProps) {
  const t = useTexts(advancedTexts)
  const [isOpen, setOpen] = useState(false)
  const values = useSiteValues()
  const isWrong = groups.some(([, keys]) => keys.some((key) => props.fields[key] !== undefined))
  return (
    <details
      open={isOpen || isWrong}
      onToggle={(event) => {
        event.stopPropagation()
        setOpen(event.currentTarget.open)
      }}
      className="rounded-xl border border-line [&[open]>summary]:border-b"
    >
      <summary className="cursor-pointer rounded-xl border-line px-4 py-3 font-medium">{t('title')}</summary>
      <div className="flex flex-col gap-5 p-4">
        <p className="text-sm text-soft">{t('hint')}</p>
        {groups.map(([group, keys]) => (
          <fieldset key={group}>
            <legend className="mb-2 font-medium">{t(group)}</legend>
            <div className="grid items-end gap-4 sm:grid-cols-2">
              {keys.map((key) => (
                <Override key={key} name={key} values={values} {...props} />
              ))}
            </div>
          </fieldset>
        ))}
      </div>
    </details>
  )
}

interface OverrideProps extends FieldsProps {
  name: AdvancedField
  values: SiteValues
}

function Override({ name, values, form, fields, onChange }: OverrideProps) {
  const t = useTexts(advancedTexts)
  const c = useTexts(cameraTexts)
  const bound = {
    label: t(name),
    name,
    value: form.overrides[name],
    error: fields[name],
    onChange: (event: { target: { value: string } }) =>
      onChange({ overrides: { ...form.overrides, [name]: event.target.value } }),
  }
  const site = values.get(name)
  if (overrideKinds[name] === 'boolean')
    return (
      <Select {...bound}>
        <option value="">
          {site === undefined ? c('asAll') : t('asAllIs', { value: site === 'true' ? c('on') : c('offWord') })}
        </option>
        <option value="true">{c('on')}</option>
        <option value="false">{c('offWord')}</option>
      </Select>
    )
  return (
    <TextField
      {...bound}
      inputMode={overrideKinds[name] === 'size' ? 'text' : 'decimal'}
      placeholder={site === undefined ? t('sameAsAll') : site || t('automatic')}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
