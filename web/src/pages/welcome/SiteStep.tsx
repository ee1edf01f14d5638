import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { adoptSiteName } from '@/live/connection.ts'
import { useNow } from '@/live/useNow.ts'
import { Button } from '@/ui/Button.tsx'
import { Select, TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { parametersQuery } from '@/pages/settings/parameters/useParameters.ts'
import { StepButtons } from './StepButtons.tsx'
import { welcomeTexts } from './texts.ts'

const zones = Intl.supportedValuesOf('timeZone')
const browserZone = Intl.DateTimeFormat().resolvedOptions().timeZone

export function SiteStep({ onDone }: { onDone: () => void }) {
  const t = useTexts(welcomeTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const client = useQueryClient()
  const now = useNow()
  const parameters = useQuery(parametersQuery)
  const present = (key: string) => {
    const value = parameters.data?.parameters.find((parameter) => parameter.key === key)?.value
    return typeof value === 'string' ? value : ''
  }
  const [chosen, setChosen] = useState<string | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  const zone = chosen ?? (present('time_zone') || browserZone)
  const name = typed ?? present('site_name')
  const save = useMutation({
    mutationFn: () => answerOf(api.POST('/api/config/params', { body: { site_name: name.trim(), time_zone: zone } })),
    onSuccess: async (answer) => {
      adoptSiteName(name.trim())
      toast('good', t('siteSaved'), answer.requires_restart ? t('zoneRestart') : '')
      await client.invalidateQueries({ queryKey: parametersQuery.queryKey })
      onDone()
    },
  })
  const known = zones.includes(zone) ? zones : [zone, ...zones]
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now)
  const problems = save.error instanceof ApiError ? save.error.fields : {}
  const isElsewhere = save.error && !problems['time_zone'] && !problems['site_name']
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate()
      }}
    >
      <p className="text-soft">{t('siteHint')}</p>
      <TextField
        label={t('siteName')}
        hint={t('siteNameHint')}
        error={problems['site_name']}
        value={name}
        maxLength={80}
        onChange={(event) => setTyped(event.target.value)}
      />
      <Select
        label={t('zone')}
        hint={t('zoneNow', { time })}
        error={problems['time_zone'] ?? (isElsewhere ? errorText(save.error) : undefined)}
        value={zone}
        onChange={(event) => setChosen(event.target.value)}
      >
        {known.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </Select>
      <StepButtons onSkip={onDone}>
        <Button type="submit" kind="primary" isBusy={save.isPending}>
          {common('save')}
        </Button>
      </StepButtons>
    </form>
  )
}
