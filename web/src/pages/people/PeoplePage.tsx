import { FileUp, UserPlus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Route, Routes, useNavigate, useSearchParams } from 'react-router'
import type { Employee } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { Button } from '@/ui/Button.tsx'
import { PageHeader } from '@/ui/PageHeader.tsx'
import { EnrolDialog } from './enrol/EnrolDialog.tsx'
import { PeopleList } from './PeopleList.tsx'
import { personAddress } from './people.ts'
import { PersonDetail } from './PersonDetail.tsx'
import { PersonForm } from './PersonForm.tsx'
import { peopleTexts } from './texts.ts'

const ImportDialog = lazy(() => import('./import/ImportDialog.tsx'))

/** /people is the list, /people/D001 somebody over it; ?add=1 and ?import=1 open their dialogs. */
export default function PeoplePage() {
  const t = useTexts(peopleTexts)
  const { may } = useSession()
  const [params, setParams] = useSearchParams()
  const navigate = useNavigate()
  const [enrolled, setEnrolled] = useState<Employee | null>(null)
  const open = (name: 'add' | 'import', isOpen: boolean) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before)
        if (isOpen) next.set(name, '1')
        else next.delete(name)
        return next
      },
      { replace: !isOpen },
    )
  const mayWrite = may('persons:write')
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          mayWrite && (
            <>
              <Button icon={<FileUp className="size-4" aria-hidden />} onClick={() => open('import', true)}>
                {t('import')}
              </Button>
              <Button
                kind="primary"
                icon={<UserPlus className="size-4" aria-hidden />}
                onClick={() => open('add', true)}
              >
                {t('add')}
              </Button>
            </>
          )
        }
      />
      <PeopleList onAdd={() => open('add', true)} />
      <Routes>
        <Route index element={null} />
        <Route path=":id" element={<PersonDetail />} />
        <Route path="*" element={null} />
      </Routes>
      {mayWrite && params.has('add') && (
        <PersonForm
          onClose={() => open('add', false)}
          onSaved={(person, wantsFace) => {
            if (wantsFace) setEnrolled(person)
          }}
        />
      )}
      {mayWrite && params.has('import') && (
        <Suspense>
          <ImportDialog onClose={() => open('import', false)} />
        </Suspense>
      )}
      {enrolled && (
        <EnrolDialog
          person={enrolled}
          onClose={() => {
            setEnrolled(null)
            void navigate({ pathname: personAddress(enrolled), search: params.toString() })
          }}
        />
      )}
    </>
  )
}
