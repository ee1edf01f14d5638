import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { Button } from './Button.tsx'
import { TextField } from './Field.tsx'

interface SecretProps {
  label: string
  value: string
  copy: string
  copied: string
  /** What to say where the browser lets nothing be copied: pages without TLS, for example. */
  failed: string
}

/** Something that is shown once: to be copied, and kept nowhere. */
export function Secret({ label, value, copy, copied, failed }: SecretProps) {
  const [state, setState] = useState<'new' | 'copied' | 'failed'>('new')
  const put = async () => {
    try {
      await navigator.clipboard.writeText(value)
      setState('copied')
    } catch {
      setState('failed')
    }
  }
  return (
    <div>
      <div className="flex items-end gap-2">
        <TextField
          label={label}
          value={value}
          readOnly
          autoComplete="off"
          className="min-w-0 flex-1 [&_input]:font-mono [&_input]:text-sm"
          onFocus={(event) => event.target.select()}
        />
        <Button
          icon={state === 'copied' ? <Check className="size-4" /> : <Copy className="size-4" />}
          onClick={() => void put()}
        >
          {state === 'copied' ? copied : copy}
        </Button>
      </div>
      <p role="status" className="mt-1.5 text-sm text-bad empty:hidden">
        {state === 'failed' ? failed : ''}
      </p>
    </div>
  )
}
