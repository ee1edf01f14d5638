import { Eye, EyeOff } from 'lucide-react'
import { type InputHTMLAttributes, useState } from 'react'
import { useTexts } from '@/i18n/texts.ts'
import { IconButton } from '@/ui/Button.tsx'
import { Field, inputLook } from '@/ui/Field.tsx'
import { shellTexts } from './texts.ts'

interface PasswordFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string
  hint?: string
  error?: string | undefined
}

export function PasswordField({ label, hint, error, ...input }: PasswordFieldProps) {
  const t = useTexts(shellTexts)
  const [isShown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} error={error}>
      {(bound) => (
        <div className="relative">
          <input
            {...input}
            {...bound}
            type={isShown ? 'text' : 'password'}
            maxLength={1024}
            autoCapitalize="none"
            spellCheck={false}
            className={`${inputLook} pr-11`}
          />
          <IconButton
            label={isShown ? t('hidePassword') : t('showPassword')}
            onClick={() => setShown(!isShown)}
            className="absolute top-0 right-0"
          >
            {isShown ? <EyeOff className="size-4" /> : <Eye className="size-4" />}
          </IconButton>
        </div>
      )}
    </Field>
  )
}
