import type { Employee } from '@/api/types.ts'
import { commonTexts } from '@/i18n/common.ts'
import { useTexts } from '@/i18n/texts.ts'
import { useTimes } from '@/i18n/times.ts'
import { useLive } from '@/live/connection.ts'
import { useNow } from '@/live/useNow.ts'
import { Badge, StatusPill } from '@/ui/Badge.tsx'
import { peopleTexts } from './texts.ts'

/** What is not as usual: an employee who is active needs no badge. */
export function StatusBadges({ person }: { person: Employee }) {
  const t = useTexts(peopleTexts)
  return (
    <>
      {person.type !== 'employee' && <Badge tone="accent">{t(person.type)}</Badge>}
      {person.person_status !== 'active' && <Badge>{t(person.person_status)}</Badge>}
    </>
  )
}

/** Presence as it was told live, else as the list had it. */
export function PresenceNow({ person }: { person: Employee }) {
  const common = useTexts(commonTexts)
  const { people } = useLive()
  const now = people.get(person.id) ?? person
  const isHere = now.status === 'AVAILABLE'
  if (person.person_status === 'archived') return <span className="text-soft">–</span>
  return (
    <div>
      <StatusPill tone={isHere ? 'good' : 'quiet'}>{isHere ? common('available') : common('unavailable')}</StatusPill>
      <LastSeen at={now.last_seen} camera={now.camera?.name ?? ''} />
    </div>
  )
}

/** Ticks by itself, so that only this line is made anew. */
function LastSeen({ at, camera }: { at: string | null; camera: string }) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const times = useTimes()
  const now = useNow()
  if (!at) return <p className="mt-0.5 text-sm text-soft">{t('notSeen')}</p>
  const ago = times.ago((now - Date.parse(at)) / 1000) ?? common('justNow')
  return (
    <p className="mt-0.5 text-sm text-soft" title={times.dayAndTime(at)}>
      {camera ? t('lastSeen', { ago, camera }) : ago}
    </p>
  )
}
