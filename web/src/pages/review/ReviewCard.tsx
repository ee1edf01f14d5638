import { ChevronLeft, ChevronRight, LogIn, LogOut, UserRoundSearch, UserRoundX } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { useLanguage } from '@/i18n/language.ts'
import { useTexts } from '@/i18n/texts.ts'
import { clockTime, clockTimeWithSeconds, useTimes } from '@/i18n/times.ts'
import { useLive } from '@/live/connection.ts'
import { Capture } from '@/pages/attendance/Capture.tsx'
import { attendanceTexts } from '@/pages/attendance/texts.ts'
import { reasonText } from '@/pages/attendance/why/sentences.ts'
import { whyTexts } from '@/pages/attendance/why/texts.ts'
import { Button, IconButton } from '@/ui/Button.tsx'
import { Card } from '@/ui/Card.tsx'
import { type FoundPerson, PersonSearch } from '@/ui/PersonSearch.tsx'
import { useErrorText } from '@/ui/states.tsx'
import { Switch } from '@/ui/Switch.tsx'
import { type Decision, decisionsOf, type ReviewItem } from './queue.ts'
import { reviewTexts } from './texts.ts'
import { useKeys, useKeysWanted } from './useKeys.ts'
import type { Decided } from './useReviews.ts'

interface ReviewCardProps {
  item: ReviewItem
  position: string
  isBusy: boolean
  error: Error | null
  onDecide: (given: Decided) => void
  onPrevious: (() => void) | undefined
  onNext: (() => void) | undefined
}

/** One uncertain check-in: both pictures, what is known, and the decision. */
export function ReviewCard(props: ReviewCardProps) {
  const { item, position, onPrevious, onNext } = props
  const t = useTexts(reviewTexts)
  return (
    <Card
      title={t('isIt', { name: item.name })}
      actions={
        <div className="flex items-center gap-1 text-sm text-soft">
          <span className="max-sm:sr-only">{position}</span>
          <IconButton label={t('previous')} disabled={!onPrevious} onClick={onPrevious}>
            <ChevronLeft className="size-5" />
          </IconButton>
          <IconButton label={t('next')} disabled={!onNext} onClick={onNext}>
            <ChevronRight className="size-5" />
          </IconButton>
        </div>
      }
    >
      <div className="grid grid-cols-2 gap-3 sm:gap-5">
        <Side label={t('seen')}>
          <Capture src={item.picture} alt={t('seenAlt', { name: item.name })} className={pictureLook} />
        </Side>
        <Side label={t('enrolled')}>
          <Capture src={item.enrolled_picture} alt={t('enrolledAlt', { name: item.name })} className={pictureLook} />
        </Side>
      </div>
      <Facts item={item} />
      <Decide {...props} />
    </Card>
  )
}

const pictureLook = 'h-48 w-full object-contain! sm:h-72'

function Side({ label, children }: { label: string; children: ReactNode }) {
  return (
    <figure className="min-w-0">
      {children}
      <figcaption className="mt-1.5 text-sm text-soft">{label}</figcaption>
    </figure>
  )
}

function Facts({ item }: { item: ReviewItem }) {
  const t = useTexts(reviewTexts)
  const why = useTexts(whyTexts)
  const a = useTexts(attendanceTexts)
  const times = useTimes()
  const { timeZone } = useLive()
  const locale = useLanguage() === 'id' ? 'id-ID' : 'en-GB'
  const reason = reasonText(item.reason, { t: why, times, timeZone, locale, statusWord: (word) => word })
  const at = (iso: string | null) => (iso ? clockTime(iso) : t('none'))
  const facts: [string, ReactNode][] = [
    [t('time'), `${t(item.end)} · ${times.day(item.date)}, ${clockTimeWithSeconds(item.time)}`],
    [t('camera'), item.camera?.name ?? '–'],
    [t('confidence'), `${Math.round(item.confidence * 100)} %`],
    [t('reason'), reason.charAt(0).toUpperCase() + reason.slice(1)],
    [t('rest'), t('dayOf', { first: at(item.day.first_in), last: at(item.day.last_out) })],
    [a('name'), `${item.name} · ${[item.employee_id, item.department].filter(Boolean).join(' · ')}`],
  ]
  return (
    <>
      <dl className="mt-4 grid grid-cols-2 gap-x-4 gap-y-3 max-sm:text-sm sm:mt-5 sm:gap-x-8 xl:grid-cols-3">
        {facts.map(([label, value]) => (
          <div key={label} className="min-w-0">
            <dt className="text-soft sm:text-sm">{label}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
      </dl>
      <Link
        to={`/attendance?${new URLSearchParams({ from: item.date, to: item.date, who: item.employee_id, day: item.date, part: 'why' }).toString()}`}
        className="mt-3 inline-block font-medium text-accent-strong underline underline-offset-4"
      >
        {t('openDay')}
      </Link>
    </>
  )
}

/** A decision that is asked about once more, because it can't be taken back here. */
type Asked = { decision: Decision; other?: FoundPerson } | null

function Decide({ item, isBusy, error, onDecide, onPrevious, onNext }: ReviewCardProps) {
  const t = useTexts(reviewTexts)
  const errorText = useErrorText()
  const [isSearching, setSearching] = useState(false)
  const [asked, setAsked] = useState<Asked>(null)
  const [hasKeys, setKeys] = useKeysWanted()
  const allowed = decisionsOf(item)
  const decide = (decision: Decision, other?: FoundPerson) => {
    setAsked(null)
    onDecide({ item, decision, ...(other && { other: other.code }) })
  }
  const press = (decision: Decision) => {
    if (isBusy || !allowed.includes(decision)) return
    setSearching(decision === 'other_person')
    if (decision === 'other_person') setAsked(null)
    else if (decision === 'reject' || !item.is_over) {
      // The same key once more is the answer.
      if (asked?.decision === decision) decide(decision)
      else setAsked({ decision })
    } else decide(decision)
  }
  useKeys(hasKeys, {
    '1': () => press('confirm'),
    '2': () => press('check_out'),
    '3': () => press('other_person'),
    '4': () => press('reject'),
    ArrowLeft: () => onPrevious?.(),
    ArrowRight: () => onNext?.(),
    Escape: () => {
      setAsked(null)
      setSearching(false)
    },
  })
  const choices: Record<Decision, { label: string; icon: ReactNode; key: string }> = {
    confirm: {
      label: t(item.end === 'first_in' ? 'arrived' : 'left'),
      icon: item.end === 'first_in' ? <LogIn className="size-4" /> : <LogOut className="size-4" />,
      key: '1',
    },
    check_out: { label: t('left'), icon: <LogOut className="size-4" />, key: '2' },
    other_person: { label: t('other'), icon: <UserRoundSearch className="size-4" />, key: '3' },
    reject: { label: t('reject'), icon: <UserRoundX className="size-4" />, key: '4' },
  }
  return (
    <div className="mt-4 border-t border-line pt-4 sm:mt-5 sm:pt-5">
      <div className="grid grid-cols-2 gap-2 lg:flex lg:flex-wrap">
        {allowed.map((decision) => {
          const { label, icon, key } = choices[decision]
          return (
            <Button
              key={decision}
              kind={decision === 'confirm' ? 'primary' : 'plain'}
              icon={icon}
              disabled={isBusy}
              aria-keyshortcuts={hasKeys ? key : undefined}
              aria-expanded={decision === 'other_person' ? isSearching : undefined}
              onClick={() => press(decision)}
            >
              {label}
              {hasKeys && <Key>{key}</Key>}
            </Button>
          )
        })}
      </div>
      {!item.can_be_somebody_else && <p className="mt-3 text-sm text-soft">{t('purged')}</p>}
      {isSearching && (
        <PersonSearch
          label={t('who')}
          placeholder={t('whoHint')}
          className="mt-4 max-w-md"
          value={asked?.other?.name ?? ''}
          onChoose={(other) => setAsked(other && { decision: 'other_person', other })}
        />
      )}
      {asked && (
        <div
          role="alert"
          className="mt-4 flex flex-wrap items-center gap-3 rounded-xl bg-warn-soft px-4 py-3 text-warn"
        >
          <span className="min-w-48 flex-1">
            {asked.other
              ? t('sureOther', { name: asked.other.name })
              : t(asked.decision === 'reject' ? 'sureReject' : 'sureArrived')}
          </span>
          <Button size="small" onClick={() => setAsked(null)}>
            {t('cancel')}
          </Button>
          <Button size="small" kind="primary" isBusy={isBusy} onClick={() => decide(asked.decision, asked.other)}>
            {t('confirm')}
          </Button>
        </div>
      )}
      {error && (
        <p role="alert" className="mt-3 text-bad">
          {errorText(error)}
        </p>
      )}
      <div className="mt-5 flex flex-wrap items-center gap-x-6 gap-y-2 text-sm text-soft max-lg:hidden">
        <Switch label={t('keysSwitch')} checked={hasKeys} onChange={setKeys} />
        {hasKeys && (
          <span className="flex items-center gap-1.5">
            <Key>←</Key> {t('previous')} <Key>→</Key> {t('next')}
          </span>
        )}
      </div>
    </div>
  )
}

function Key({ children }: { children: ReactNode }) {
  return (
    <kbd
      aria-hidden
      className="rounded border border-current px-1.5 font-sans text-xs leading-4.5 opacity-80 max-lg:hidden"
    >
      {children}
    </kbd>
  )
}
