import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { ApiError } from '@/api/error.ts'
import { useTexts } from '@/i18n/texts.ts'
import { EnrolDialog } from '@/pages/people/enrol/EnrolDialog.tsx'
import { Button } from '@/ui/Button.tsx'
import { ChoiceGroup } from '@/ui/ChoiceGroup.tsx'
import { Field, inputLook, TextField } from '@/ui/Field.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { employeesQuery } from './progress.ts'
import { StepButtons } from './StepButtons.tsx'
import { welcomeTexts } from './texts.ts'
import { useAddPerson } from './useAddPerson.ts'

interface PersonStepProps {
  /** Asks that the step stays open: somebody who has a face makes it done. */
  onBegin: () => void
  onDone: () => void
}

export function PersonStep({ onBegin, onDone }: PersonStepProps) {
  const t = useTexts(welcomeTexts)
  const errorText = useErrorText()
  const people = useQuery(employeesQuery).data ?? []
  const enrolled = people.filter((person) => person.templates > 0).length
  const add = useAddPerson(onDone)
  const enrol = useAfterWebcam(onDone)
  const [way, setWay] = useState('photo')
  const [isEnrolling, setEnrolling] = useState(false)
  const [photosMissing, setPhotosMissing] = useState(false)
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const photos = form.getAll('photos').filter((file): file is File => file instanceof File && file.size > 0)
    const word = (name: string) => {
      const value = form.get(name)
      return typeof value === 'string' ? value.trim() : ''
    }
    const given = { name: word('name'), department: word('department') }
    setPhotosMissing(way === 'photo' && photos.length === 0)
    if (way === 'webcam') {
      onBegin()
      add.mutate({ ...given, photos: [] }, { onSuccess: () => setEnrolling(true) })
    } else if (photos.length > 0) add.mutate({ ...given, photos })
  }
  const fields = add.error instanceof ApiError ? add.error.fields : {}
  const isAboutFields = fields['name'] !== undefined || fields['department'] !== undefined
  const problem = add.error && !isAboutFields ? errorText(add.error) : undefined
  return (
    <>
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
            readOnly={add.added !== null}
            error={fields['name']}
          />
          <TextField
            label={t('department')}
            name="department"
            maxLength={100}
            autoComplete="off"
            isOptional
            readOnly={add.added !== null}
            error={fields['department']}
          />
        </div>
        <ChoiceGroup
          label={t('how')}
          value={way}
          choices={[
            { value: 'photo', label: t('byPhoto'), hint: t('byPhotoHint') },
            { value: 'webcam', label: t('byWebcam'), hint: t('byWebcamHint') },
          ]}
          onChange={setWay}
        />
        {way === 'photo' && <Photos error={photosMissing ? t('photosMissing') : problem} />}
        {way === 'webcam' && problem && (
          <p role="alert" className="text-bad">
            {problem}
          </p>
        )}
        {add.added && !isEnrolling && enrol.isWithoutFace && (
          <p role="status" className="rounded-lg bg-warn-soft p-3 text-warn">
            {t('noFaceYet', { name: add.added.name })}
          </p>
        )}
        <StepButtons onSkip={onDone}>
          <Button type="submit" kind="primary" isBusy={add.isPending}>
            {t(way === 'webcam' ? 'toWebcam' : 'addPerson')}
          </Button>
        </StepButtons>
      </form>
      {add.added && isEnrolling && (
        <EnrolDialog
          person={add.added}
          onClose={() => {
            setEnrolling(false)
            void enrol.look(add.added?.id)
          }}
        />
      )}
    </>
  )
}

/** Done when the dialog was closed with a face; else it is said that there is none. */
function useAfterWebcam(onDone: () => void) {
  const client = useQueryClient()
  const [isWithoutFace, setWithoutFace] = useState(false)
  const look = async (id: string | undefined) => {
    const people = await client.query({ ...employeesQuery, staleTime: 0 })
    const hasFace = people.some((person) => person.id === id && person.templates > 0)
    setWithoutFace(!hasFace)
    if (hasFace) onDone()
  }
  return { isWithoutFace, look }
}

function Photos({ error }: { error: string | undefined }) {
  const t = useTexts(welcomeTexts)
  return (
    <Field label={t('photos')} hint={t('photosHint')} error={error}>
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
  )
}
