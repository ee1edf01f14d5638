import type { Camera } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { TextField } from '@/ui/Field.tsx'
import { Switch } from '@/ui/Switch.tsx'
import type { CameraForm } from './cameraForm.ts'
import { cameraTexts } from './texts.ts'

export interface FieldsProps {
  camera: Camera | undefined
  form: CameraForm
  /** What is wrong, by the key of the API. */
  fields: Readonly<Record<string, string>>
  onChange: (values: Partial<CameraForm>) => void
}

export function CameraFields({ camera, form, fields, onChange }: FieldsProps) {
  const t = useTexts(cameraTexts)
  const now = camera?.rtsp_url
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('name')}
          value={form.name}
          error={fields['name']}
          maxLength={100}
          autoComplete="off"
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <TextField
          label={t('location')}
          isOptional
          value={form.location}
          error={fields['location']}
          maxLength={200}
          autoComplete="off"
          onChange={(event) => onChange({ location: event.target.value })}
        />
      </div>
      <TextField
        label={t('address')}
        hint={
          <>
            {now && (
              <span className="mb-1 block text-ink [overflow-wrap:anywhere]">{t('addressNow', { address: now })}</span>
            )}
            {t('addressHint')}
          </>
        }
        value={form.rtsp_url}
        error={fields['rtsp_url']}
        placeholder={now ? '' : 'rtsp://'}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        onChange={(event) => onChange({ rtsp_url: event.target.value })}
      />
      <Switch label={t('enabled')} checked={form.enabled} onChange={(enabled) => onChange({ enabled })} />
    </>
  )
}
