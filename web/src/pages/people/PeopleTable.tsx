import { CalendarDays, ScanFace, TriangleAlert } from 'lucide-react'
import { type ReactNode, useMemo, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Employee } from '@/api/types.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useSession } from '@/shell/session.ts'
import { Badge } from '@/ui/Badge.tsx'
import { buttonLook } from '@/ui/Button.tsx'
import { Photo } from '@/ui/Photo.tsx'
import { type Column, Table } from '@/ui/Table.tsx'
import { EnrolDialog } from './enrol/EnrolDialog.tsx'
import { attendanceAddress, personAddress } from './people.ts'
import { PersonMenu } from './PersonMenu.tsx'
import { PresenceNow, StatusBadges } from './PersonStates.tsx'
import { peopleTexts } from './texts.ts'

export function PeopleTable({ people, empty }: { people: Employee[]; empty: ReactNode }) {
  const t = useTexts(peopleTexts)
  const [enrolled, setEnrolled] = useState<Employee | null>(null)
  const columns = useMemo(
    (): Column<Employee>[] => [
      { key: 'person', header: t('person'), onPhone: 'title', cell: (person) => <Name person={person} /> },
      { key: 'department', header: t('department'), cell: (person) => <Department person={person} /> },
      { key: 'presence', header: t('presence'), cell: (person) => <PresenceNow person={person} /> },
      {
        key: 'faces',
        header: t('faces'),
        cell: (person) => <Faces person={person} onEnrol={() => setEnrolled(person)} />,
      },
      {
        key: 'actions',
        header: '',
        align: 'right',
        onPhone: 'corner',
        cell: (person) => <Actions person={person} onEnrol={() => setEnrolled(person)} />,
      },
    ],
    [t],
  )
  return (
    <>
      <Table label={t('title')} columns={columns} rows={people} rowKey={(person) => person.id} empty={empty} />
      {enrolled && <EnrolDialog person={enrolled} onClose={() => setEnrolled(null)} />}
    </>
  )
}

function Name({ person }: { person: Employee }) {
  const [params] = useSearchParams()
  return (
    <div className="flex min-w-0 items-center gap-3">
      <Photo name={person.name} className="size-10" />
      <div className="min-w-0">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            to={{ pathname: personAddress(person), search: params.toString() }}
            preventScrollReset
            className="font-medium break-words hover:text-accent-strong hover:underline"
          >
            {person.name}
          </Link>
          <StatusBadges person={person} />
        </div>
        <p className="text-sm text-soft">{person.employee_id}</p>
      </div>
    </div>
  )
}

function Department({ person }: { person: Employee }) {
  return (
    <>
      <p>{person.department || person.organization || '–'}</p>
      {person.role && <p className="text-sm text-soft">{person.role}</p>}
    </>
  )
}

function Faces({ person, onEnrol }: { person: Employee; onEnrol: () => void }) {
  const t = useTexts(peopleTexts)
  const { may } = useSession()
  if (person.templates > 0) return <span className="text-soft">{t('faceCount', { count: person.templates })}</span>
  const warning = (
    <Badge tone="warn">
      <TriangleAlert className="size-3.5" aria-hidden />
      {t('noFace')}
    </Badge>
  )
  if (!may('persons:write') || person.person_status === 'archived') return warning
  return (
    <span className="inline-flex flex-wrap items-center justify-end gap-x-3 gap-y-1">
      {warning}
      <button
        type="button"
        aria-label={t('enrolOf', { name: person.name })}
        onClick={onEnrol}
        className="inline-flex min-h-8 items-center gap-1.5 rounded text-sm font-medium text-accent-strong hover:underline"
      >
        <ScanFace className="size-4" aria-hidden />
        {t('enrol')}
      </button>
    </span>
  )
}

function Actions({ person, onEnrol }: { person: Employee; onEnrol: () => void }) {
  const t = useTexts(peopleTexts)
  const { may } = useSession()
  return (
    <div className="flex justify-end gap-1">
      {may('attendance:read') && (
        <Link
          to={attendanceAddress(person.employee_id)}
          aria-label={t('attendanceOf', { name: person.name })}
          title={t('attendanceOf', { name: person.name })}
          className={`${buttonLook({ kind: 'quiet' })} px-2.5!`}
        >
          <CalendarDays className="size-5 text-soft" aria-hidden />
        </Link>
      )}
      {may('persons:write') && <PersonMenu person={person} onEnrol={onEnrol} />}
    </div>
  )
}
