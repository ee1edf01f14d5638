import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { answerOf, api } from '@/api/client.ts'
import type { Employee } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { photosQuery, renewPeople } from './people.ts'
import { peopleTexts } from './texts.ts'

/** The longest range the server answers. */
const longestDays = 3650

/** How many days of attendance somebody has; not known to those who may not read attendance. */
function useAttendanceDays(person: Employee): number | undefined {
  const { may } = useSession()
  const { data } = useQuery({
    queryKey: ['people', 'days', person.id],
    enabled: may('attendance:read'),
    queryFn: async () => {
      const first = new Date(Date.now() - longestDays * 86_400_000).toISOString().slice(0, 10)
      const query = { from_date: first, page_size: 1 }
      const path = { person_id: person.id }
      const answer = await answerOf(api.GET('/api/v1/attendance/{person_id}', { params: { path, query } }))
      return answer.meta.total
    },
  })
  return data
}

interface ErasePersonProps {
  person: Employee
  onClose: () => void
  onErased?: () => void
}

/** Says what will be gone, and does it only after the person's code was typed. */
export function ErasePerson({ person, onClose, onErased }: ErasePersonProps) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const errorText = useErrorText()
  const client = useQueryClient()
  const form = useId()
  const [problem, setProblem] = useState('')
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const typed = new FormData(event.currentTarget).get('code')
    if (typeof typed !== 'string' || typed.trim() !== person.employee_id) {
      setProblem(t('codeDiffers', { code: person.employee_id }))
      return
    }
    setBusy(true)
    try {
      const answer = await answerOf(api.DELETE('/api/employees/{id}', { params: { path: { id: person.id } } }))
      const { templates = 0, photos = 0, attendance_days: days = 0 } = answer.erased
      toast('good', t('erased', { name: person.name }), t('erasedCounts', { templates, photos, days }))
      onClose()
      onErased?.()
      await renewPeople(client)
    } catch (error) {
      setProblem(errorText(error))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('eraseTitle', { name: person.name })}
      description={t('eraseHint')}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{common('cancel')}</Button>
          <Button type="submit" form={form} kind="danger" isBusy={isBusy}>
            {t('erase')}
          </Button>
        </>
      }
    >
      <Loss person={person} />
      <form id={form} noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          name="code"
          label={t('typeCode', { code: person.employee_id })}
          error={problem}
          autoComplete="off"
          spellCheck={false}
        />
      </form>
    </Dialog>
  )
}

function Loss({ person }: { person: Employee }) {
  const t = useTexts(peopleTexts)
  const photos = useQuery(photosQuery(person.id)).data
  const days = useAttendanceDays(person)
  return (
    <section aria-label={t('eraseList')} className="mb-4 rounded-xl bg-bad-soft p-4">
      <h3 className="font-medium text-bad">{t('eraseList')}</h3>
      <ul className="mt-1 list-disc pl-5">
        <li>{t('eraseRecord')}</li>
        <li>{t('eraseTemplates', { count: person.templates })}</li>
        {photos && <li>{t('erasePhotos', { count: photos.length })}</li>}
        <li>{days === undefined ? t('eraseAllDays') : t('eraseDays', { count: days })}</li>
        <li>{t('erasePresence')}</li>
      </ul>
      <p className="mt-2 text-sm">{t('eraseSightings')}</p>
    </section>
  )
}
