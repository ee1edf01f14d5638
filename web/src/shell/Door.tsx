import { type SubmitEvent, type ReactNode, useEffect, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import type { Session } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { Mark } from './Mark.tsx'
import { PasswordField } from './PasswordField.tsx'
import { shellTexts } from './texts.ts'

/** What stands before the pages: signing in, and the first password by a set-up link. */
function Door({ title, hint, children }: { title: string; hint: string; children: ReactNode }) {
  useEffect(() => {
    document.title = `${title} · hadir`
  }, [title])
  return (
    <main className="grid min-h-dvh place-items-center bg-linear-to-b from-accent-soft to-ground to-60% p-4">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex flex-col items-center gap-3 text-center">
          <Mark className="size-14 rounded-2xl shadow-card" />
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          <p className="text-soft">{hint}</p>
        </div>
        <div className="rounded-2xl border border-line bg-card p-6 shadow-card">{children}</div>
        <div className="mt-5 flex justify-center">
          <LanguageSwitch />
        </div>
      </div>
    </main>
  )
}

function Problem({ text }: { text: string }) {
  if (!text) return null
  return (
    <p role="alert" className="rounded-lg bg-bad-soft px-3 py-2 text-bad">
      {text}
    </p>
  )
}

interface DoorProps {
  onSignedIn: (session: Session) => void
}

export function SignIn({ onSignedIn }: DoorProps) {
  const t = useTexts(shellTexts)
  const errorText = useErrorText()
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    setBusy(true)
    setProblem('')
    try {
      const body = { name: text(form, 'name').trim(), password: text(form, 'password') }
      onSignedIn(await answerOf(api.POST('/api/auth/login', { body })))
    } catch (error) {
      setProblem(error instanceof ApiError && error.status === 401 ? t('wrongPassword') : errorText(error))
      setBusy(false)
    }
  }
  return (
    <Door title={t('signIn')} hint={t('signInHint')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label={t('name')}
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={64}
        />
        <PasswordField label={t('password')} name="password" autoComplete="current-password" required />
        <Problem text={problem} />
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {t('signIn')}
        </Button>
      </form>
    </Door>
  )
}

/** `token` stands behind the # of the link, which browsers send to nobody. */
export function SetUp({ token, onSignedIn, onLeave }: DoorProps & { token: string; onLeave: () => void }) {
  const t = useTexts(shellTexts)
  const errorText = useErrorText()
  const [problem, setProblem] = useState('')
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({})
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const password = text(form, 'password')
    setProblem('')
    setFields({})
    if (password !== text(form, 'repeat')) {
      setFields({ repeat: t('differ') })
      return
    }
    setBusy(true)
    try {
      const body = { token, name: text(form, 'name').trim(), password }
      onSignedIn(await answerOf(api.POST('/api/auth/setup', { body })))
    } catch (error) {
      if (error instanceof ApiError) setFields(error.fields)
      setProblem(error instanceof ApiError && error.status === 401 ? t('linkUsed') : errorText(error))
      setBusy(false)
    }
  }
  return (
    <Door title={t('setUp')} hint={t('setUpHint')}>
      <form onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
        <TextField
          label={t('name')}
          hint={t('setUpName')}
          error={fields['name']}
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={64}
        />
        <PasswordField
          label={t('password')}
          hint={t('passwordRule')}
          error={fields['password']}
          name="password"
          autoComplete="new-password"
          required
        />
        <PasswordField
          label={t('repeat')}
          error={fields['repeat']}
          name="repeat"
          autoComplete="new-password"
          required
        />
        <Problem text={problem} />
        <Button type="submit" kind="primary" isBusy={isBusy}>
          {t('begin')}
        </Button>
        <Button kind="quiet" onClick={onLeave}>
          {t('goToSignIn')}
        </Button>
      </form>
    </Door>
  )
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
