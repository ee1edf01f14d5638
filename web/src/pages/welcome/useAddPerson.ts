import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { answerOf, api, upload } from '@/api/client.ts'
import type { Employee } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { toast } from '@/ui/toasts.ts'
import { employeesQuery } from './progress.ts'
import { welcomeTexts } from './texts.ts'

interface NewPerson {
  name: string
  department: string
  /** None where the webcam takes the pictures afterwards. */
  photos: File[]
}

/** Adds the person, then their photos. Whoever was added with photos that can't be used is given new ones, not added twice. */
export function useAddPerson(onDone: () => void) {
  const t = useTexts(welcomeTexts)
  const client = useQueryClient()
  const [added, setAdded] = useState<Employee | null>(null)
  const mutation = useMutation({
    mutationFn: async ({ name, department, photos }: NewPerson) => {
      let person = added
      if (person === null) {
        const body = { name, ...(department && { department }) }
        person = await answerOf(api.POST('/api/employees', { body }))
        setAdded(person)
      }
      if (photos.length === 0) return person
      const form = new FormData()
      for (const photo of photos) form.append('photos', photo)
      form.append('source', 'photo')
      await upload(`/api/employees/${encodeURIComponent(person.id)}/face_templates`, form, () => undefined)
      toast('good', t('personAdded', { name: person.name }))
      onDone()
      return person
    },
    onSettled: () => client.invalidateQueries({ queryKey: employeesQuery.queryKey }),
  })
  return { ...mutation, added }
}
