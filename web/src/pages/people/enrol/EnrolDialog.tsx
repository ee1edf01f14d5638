import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { Employee } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { Button } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { Tabs } from '@/ui/Tabs.tsx'
import { renewPeople } from '../people.ts'
import { PhotoUpload } from './PhotoUpload.tsx'
import { enrolTexts } from './texts.ts'
import { WebcamEnrol } from './WebcamEnrol.tsx'

interface EnrolDialogProps {
  person: Employee
  onClose: () => void
}

/** Faces by webcam or from photos. Only the shown way is there: leaving the webcam's puts its light out. */
export function EnrolDialog({ person, onClose }: EnrolDialogProps) {
  const t = useTexts(enrolTexts)
  const common = useTexts(commonTexts)
  const client = useQueryClient()
  const [way, setWay] = useState('webcam')
  const renew = () => void renewPeople(client)
  return (
    <Dialog
      title={t('title', { name: person.name })}
      size="wide"
      onClose={onClose}
      footer={<Button onClick={onClose}>{common('done')}</Button>}
    >
      <Tabs
        label={t('how')}
        value={way}
        onChange={setWay}
        tabs={[
          {
            value: 'webcam',
            label: t('webcam'),
            content: <WebcamEnrol person={person} onEnrolled={renew} onPhotos={() => setWay('photos')} />,
          },
          { value: 'photos', label: t('photos'), content: <PhotoUpload person={person} onEnrolled={renew} /> },
        ]}
      />
    </Dialog>
  )
}
