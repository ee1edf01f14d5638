import { X } from 'lucide-react'
import { useState } from 'react'
import { commonTexts } from '@/i18n/common.ts'
import { useServerText } from '@/i18n/server/serverText.ts'
import { useTexts } from '@/i18n/texts.ts'
import { IconButton } from '@/ui/Button.tsx'
import { Select, TextField } from '@/ui/Field.tsx'
import { AdvancedFields } from './AdvancedFields.tsx'
import { advancedTexts } from './advancedTexts.ts'
import type { FieldsProps } from './CameraFields.tsx'
import { otherOverrides } from './cameraForm.ts'
import type { OverrideField } from './overrides.ts'
import { cameraTexts } from './texts.ts'
import { useSiteValues } from './useSiteValues.ts'

/** What most cameras never need; `isOpen` opens it and never closes it. */
export function MoreFields({ isOpen, ...props }: FieldsProps & { isOpen: boolean }) {
  const t = useTexts(cameraTexts)
  const { camera, form, fields, onChange } = props
  const [open, setOpen] = useState(false)
  return (
    <details
      open={isOpen || open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="rounded-xl border border-line [&[open]>summary]:border-b"
    >
      <summary className="cursor-pointer rounded-xl border-line px-4 py-3 font-medium">{t('more')}</summary>
      <div className="flex flex-col gap-4 p-4">
        <DetectUrl {...props} />
        {!camera && (
          <TextField
            label={t('id')}
            isOptional
            hint={t('idHint')}
            value={form.id}
            error={fields['id']}
            maxLength={40}
            placeholder="CAM1"
            autoComplete="off"
            onChange={(event) => onChange({ id: event.target.value })}
          />
        )}
        <Overrides {...props} />
        <AdvancedFields {...props} />
        <Others {...props} />
      </div>
    </details>
  )
}

function DetectUrl({ camera, form, fields, onChange }: FieldsProps) {
  const t = useTexts(cameraTexts)
  const now = camera?.detect_url
  return (
    <>
      <TextField
        label={t('detectUrl')}
        isOptional
        hint={
          <>
            {now && (
              <span className="mb-1 block text-ink [overflow-wrap:anywhere]">{t('addressNow', { address: now })}</span>
            )}
            {t('detectHint')}
          </>
        }
        value={form.detect_url}
        error={fields['detect_url']}
        disabled={form.dropsDetectUrl}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange({ detect_url: event.target.value })}
      />
      {now && (
        <label className="flex items-center gap-2.5">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={form.dropsDetectUrl}
            onChange={(event) => onChange({ dropsDetectUrl: event.target.checked })}
          />
          {t('detectRemove')}
        </label>
      )}
    </>
  )
}

function Overrides({ form, fields, onChange }: FieldsProps) {
  const t = useTexts(cameraTexts)
  const a = useTexts(advancedTexts)
  const site = useSiteValues()
  const inForce = (key: OverrideField, words: Record<string, string> = {}) => {
    const value = site.get(key)
    return value === undefined ? t('asAll') : a('asAllIs', { value: words[value] ?? value })
  }
  const bound = (key: OverrideField) => ({
    name: key,
    value: form.overrides[key],
    error: fields[key],
    onChange: (event: { target: { value: string } }) =>
      onChange({ overrides: { ...form.overrides, [key]: event.target.value } }),
  })
  const yesOrNo = (key: OverrideField) => (
    <>
      <option value="">{inForce(key, { true: t('on'), false: t('offWord') })}</option>
      <option value="true">{t('on')}</option>
      <option value="false">{t('offWord')}</option>
    </>
  )
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Select label={t('protocol')} {...bound('rtsp_protocol')}>
        <option value="">{inForce('rtsp_protocol', { tcp: 'TCP', udp: 'UDP' })}</option>
        <option value="tcp">TCP</option>
        <option value="udp">UDP</option>
      </Select>
      <TextField
        label={t('openTimeout')}
        hint={t('openTimeoutHint')}
        inputMode="decimal"
        placeholder={site.get('open_timeout_sec')}
        {...bound('open_timeout_sec')}
      />
      <TextField
        label={t('fpsTarget')}
        hint={t('fpsTargetHint')}
        inputMode="decimal"
        placeholder={site.get('fps_target')}
        {...bound('fps_target')}
      />
      <TextField
        label={t('faceSize')}
        hint={t('faceSizeHint')}
        inputMode="decimal"
        placeholder={site.get('quality_min_face_px')}
        {...bound('quality_min_face_px')}
      />
      <Select label={t('loop')} {...bound('loop')}>
        {yesOrNo('loop')}
      </Select>
      <Select label={t('liveness')} {...bound('liveness')}>
        {yesOrNo('liveness')}
      </Select>
    </div>
  )
}

function Others({ camera, form, fields, onChange }: FieldsProps) {
  const t = useTexts(cameraTexts)
  const common = useTexts(commonTexts)
  const say = useServerText()
  const others = otherOverrides(camera)
  const known = new Set([...others.map(([key]) => key), ...Object.keys(form.overrides), 'detect_url', 'id'])
  const plain = ['name', 'rtsp_url', 'location', 'enabled']
  const elsewhere = Object.entries(fields).filter(([key]) => !known.has(key) && !plain.includes(key))
  return (
    <>
      {others.length > 0 && (
        <div>
          <h3 className="mb-1.5 text-sm font-medium">{t('others')}</h3>
          <ul className="flex flex-col gap-1">
            {others.map(([key, value]) => (
              <li key={key} className="flex items-center gap-2 rounded-lg bg-sunken py-1 pr-1 pl-3 text-sm">
                <code className="min-w-0 flex-1 truncate">{key}</code>
                <span className="text-soft">{form.dropped.includes(key) ? t('takenOut') : value}</span>
                <IconButton
                  label={form.dropped.includes(key) ? common('cancel') : t('takeOut', { key })}
                  className="size-8"
                  onClick={() =>
                    onChange({
                      dropped: form.dropped.includes(key)
                        ? form.dropped.filter((each) => each !== key)
                        : [...form.dropped, key],
                    })
                  }
                >
                  <X className="size-4" />
                </IconButton>
                {fields[key] && <span className="text-bad">{say(fields[key])}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
      {elsewhere.map(([key, text]) => (
        <p key={key} role="alert" className="text-sm text-bad">
          {key}: {say(text)}
        </p>
      ))}
    </>
  )
}
