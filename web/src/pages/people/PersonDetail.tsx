import { useQuery } from '@tanstack/react-query'
import { CalendarDays, ScanFace } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import { ApiError } from '@/api/error.ts'
import type { Employee } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { Button, buttonLook } from '@/ui/Button.tsx'
import { Dialog } from '@/ui/Dialog.tsx'
import { EmptyState, ErrorState, SkeletonRows } from '@/ui/states.tsx'
import { EnrolDialog } from './enrol/EnrolDialog.tsx'
import { FaceCards } from './FaceCards.tsx'
import { attendanceAddress, personAddress, personQuery } from './people.ts'
import { PersonButtons } from './PersonMenu.tsx'
import { PresenceNow, StatusBadges } from './PersonStates.tsx'
import { peopleTexts } from './texts.ts'

/** Somebody, over the list that stays where it is. */
export function PersonDetail() {
  const t = useTexts(peopleTexts)
  const { id = '' } = useParams()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const { data: person, error, refetch } = useQuery(personQuery(id))
  const search = params.toString()
  const close = () => void navigate({ pathname: '/people', search }, { preventScrollReset: true })
  if (error instanceof ApiError && error.status === 404)
    return (
      <Dialog title={t('notFound')} size="small" onClose={close}>
        <EmptyState title={id}>{t('notFoundHint')}</EmptyState>
      </Dialog>
    )
  if (!person)
    return (
      <Dialog title={t('person')} size="wide" onClose={close}>
        {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <SkeletonRows />}
      </Dialog>
    )
  return (
    <Dialog
      title={person.name}
      description={
        <span className="flex flex-wrap items-center gap-2">
          {[person.employee_id, person.department, person.role].filter(Boolean).join(' · ')}
          <StatusBadges person={person} />
        </span>
      }
      size="wide"
      onClose={close}
    >
      <Person
        person={person}
        onErased={close}
        onSaved={(saved) => void navigate({ pathname: personAddress(saved), search }, { replace: true })}
      />
    </Dialog>
  )
}

interface PersonProps {
  person: Employee
  onErased: () => void
  onSaved: (person: Employee) => void
}

function Person({ person, onErased, onSaved }: PersonProps) {
  const t = useTexts(peopleTexts)
  const { may } = useSession()
  const [isEnrolling, setEnrolling] = useState(false)
  const mayWrite = may('persons:write')
  const mayEnrol = mayWrite && person.person_status !== 'archived'
  return (
    <div className="flex flex-col gap-5">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <PresenceNow person={person} />
        <div className="flex flex-wrap items-center gap-2">
          {may('attendance:read') && (
            <Link to={attendanceAddress(person.employee_id)} className={buttonLook()}>
              <CalendarDays className="size-4" aria-hidden />
              {t('attendance')}
            </Link>
          )}
          {mayEnrol && (
            <Button
              kind="primary"
              icon={<ScanFace className="size-4" aria-hidden />}
              onClick={() => setEnrolling(true)}
            >
              {t('enrol')}
            </Button>
          )}
          {mayWrite && <PersonButtons person={person} onErased={onErased} onSaved={onSaved} />}
        </div>
      </div>
      <Standing person={person} />
      <Facts person={person} />
      <FaceCards person={person} />
      {isEnrolling && <EnrolDialog person={person} onClose={() => setEnrolling(false)} />}
    </div>
  )
}

/** Why cameras don't look for somebody, if they don't. */
function Standing({ person }: { person: Employee }) {
  const t = useTexts(peopleTexts)
  const status = person.person_status
  if (status === 'active') return null
  return (
    <p className="rounded-lg bg-warn-soft p-3 text-warn">
      {t(status === 'archived' ? 'isArchived' : 'isInactive', { name: person.name })}
    </p>
  )
}

function Facts({ person }: { person: Employee }) {
  const t = useTexts(peopleTexts)
  const facts: [string, string][] = [
    [t('type'), t(person.type)],
    [t('email'), person.email],
    [t('phone'), person.phone],
    [t('organization'), person.organization],
    [person.id_type || t('idNumber'), person.id_number],
  ]
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2 lg:grid-cols-3">
      {facts
        .filter(([, value]) => value !== '')
        .map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-sm text-soft">{name}</dt>
      <dd className="break-words">{children}</dd>
    </div>
  )
}
