import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { answerOf, api, upload } from '@/api/client.ts'
import { ApiError } from '@/api/error.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Field, inputLook, TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { toast } from '@/ui/toasts.ts'
import { employeesQuery } from './progress.ts'
import { StepButtons } from './StepButtons.tsx'
import { welcomeTexts } from './texts.ts'

interface NewPerson {
  name: string
  department: string
  photos: File[]
}

/** Adds the person, then their photos. Whoever was added with photos that can't be used is given new ones, not added twice. */
function useAddPerson(onDone: () => void) {
  const t = useTexts(welcomeTexts)
  const client = useQueryClient()
  const [added, setAdded] = useState<string | null>(null)
  const mutation = useMutation({
    mutationFn: async ({ name, department, photos }: NewPerson) => {
      let id = added
      if (id === null) {
        const body = { name, ...(department && { department }) }
        id = (await answerOf(api.POST('/api/employees', { body }))).id
        setAdded(id)
      }
      const form = new FormData()
      for (const photo of photos) form.append('photos', photo)
      form.append('source', 'photo')
      await upload(`/api/employees/${encodeURIComponent(id)}/face_templates`, form, () => undefined)
      return name
    },
    onSuccess: (name) => {
      toast('good', t('personAdded', { name }))
      onDone()
    },
    onSettled: () => client.invalidateQueries({ queryKey: employeesQuery.queryKey }),
  })
  return { ...mutation, isAdded: added !== null }
}

export function PersonStep({ onDone }: { onDone: () => void }) {
  const t = useTexts(welcomeTexts)
  const errorText = useErrorText()
  const people = useQuery(employeesQuery).data ?? []
  const enrolled = people.filter((person) => person.templates > 0).length
  const add = useAddPerson(onDone)
  const [photosMissing, setPhotosMissing] = useState(false)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const photos = form.getAll('photos').filter((file): file is File => file instanceof File && file.size > 0)
    const word = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    setPhotosMissing(photos.length === 0)
    if (photos.length > 0) add.mutate({ name: word('name'), department: word('department'), photos })
  }
  const fields = add.error instanceof ApiError ? add.error.fields : {}
  const isAboutFields = fields['name'] !== undefined || fields['department'] !== undefined
  const photoProblem = photosMissing
    ? t('photosMissing')
    : add.error && !isAboutFields
      ? errorText(add.error)
      : undefined
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <p className="text-soft">{t('personHint')}</p>
      {enrolled > 0 && <p>{t('peopleThere', { count: enrolled })}</p>}
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={t('personName')}
          name="name"
          required
          maxLength={200}
          autoComplete="off"
          readOnly={add.isAdded}
          error={fields['name']}
        />
        <TextField
          label={t('department')}
          name="department"
          maxLength={100}
          autoComplete="off"
          isOptional
          readOnly={add.isAdded}
          error={fields['department']}
        />
      </div>
      <Field label={t('photos')} hint={t('photosHint')} error={photoProblem}>
        {(bound) => (
          <input
            {...bound}
            type="file"
            name="photos"
            multiple
            accept="image/*"
            className={`${inputLook} file:mr-3 file:rounded-md file:bg-accent-soft file:px-3 file:py-1 file:font-medium file:text-accent-strong`}
          />
        )}
      </Field>
      <StepButtons onSkip={onDone}>
        <Button type="submit" kind="primary" isBusy={add.isPending}>
          {t('addPerson')}
        </Button>
      </StepButtons>
    </form>
  )
}
