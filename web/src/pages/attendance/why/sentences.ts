import type { Schema } from '@/api/types.ts'
import type { Translate } from '@/i18n/texts.ts'
import type { Times } from '@/i18n/times.ts'
import { onSiteClock } from '../siteTime.ts'
import type { whyTexts } from './texts.ts'

export interface Sentence {
  title: string
  text: string
}

/** In which words, and on which clock. */
export interface Speech {
  t: Translate<(typeof whyTexts)['texts']>
  times: Times
  timeZone: string
  locale: string
  statusWord: (status: string) => string
}

export type Reason = Schema<'Reason'>
type Figure = Schema<'Explanation'>['figures'][number]

/** "5 Jan, 07:55" */
const when = (time: string, { times, timeZone }: Speech): string => times.dayAndTime(onSiteClock(time, timeZone))
const clock = (time: string, { timeZone }: Speech): string => onSiteClock(time, timeZone).slice(11, 16)
const clockWithSeconds = (time: string, { timeZone }: Speech): string => onSiteClock(time, timeZone).slice(11, 19)
const percent = (share: number): number => Math.round(share * 100)
const span = (hours: string): string => hours.replace('-', '–')

/** The values of a reason by their names; what is missing says nothing. */
class Values {
  constructor(private readonly values: Reason['values']) {}
  text(name: string): string {
    return String(this.values[name] ?? '')
  }
  number(name: string): number {
    return Number(this.values[name] ?? 0)
  }
}

/** Which version of the schedule, a shift or a rule said it. */
function source(of: Values, speech: Speech): string {
  const time = of.text('source_since')
  const since = `${speech.times.day(onSiteClock(time, speech.timeZone))}, ${clock(time, speech)}`
  if (of.text('source') === 'schedule') return speech.t('schedule', { since })
  return speech.t(of.text('source') === 'shift' ? 'shift' : 'rule', { name: of.text('source_name'), since })
}

/** "0,1,2,3,4" as "Mon–Fri" in the language. */
function weekdays(text: string, { t, locale }: Speech): string {
  const days = text.split(',').map(Number)
  // 5 January 2026 was a Monday.
  const name = (day: number) =>
    new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2026, 0, 5 + day))
  const [first = 0, last = 0] = [days[0], days.at(-1)]
  if (days.length === 7) return t('everyDay')
  const isRow = days.length > 2 && days.every((day, index) => day === first + index)
  return isRow ? `${name(first)}–${name(last)}` : days.map(name).join(', ')
}

type Teller = (of: Values, speech: Speech) => string

const workingDay =
  (isOver: boolean): Teller =>
  (of, speech) => {
    const { t } = speech
    const text = t('workingDayText', { from: when(of.text('from'), speech), to: when(of.text('to'), speech) })
    return `${text} ${t(isOver ? 'dayIsOver' : 'dayRuns')}`
  }

const bands =
  (by: Teller): Teller =>
  (of, speech) =>
    speech.t('confidenceText', {
      into: percent(of.number('check_in')),
      out: percent(of.number('check_out')),
      review: percent(of.number('review')),
      source: by(of, speech),
    })

const end =
  (key: 'firstInText' | 'lastOutText'): Teller =>
  (of, speech) =>
    speech.t(key, {
      time: clockWithSeconds(of.text('time'), speech),
      camera: of.text('camera'),
      percent: percent(of.number('confidence')),
    })

const beyond =
  (key: 'late' | 'early'): Teller =>
  (of, speech) =>
    speech.t(key, {
      at: of.text('time'),
      limit: of.text('limit'),
      start: of.text('hour'),
      grace: of.number('grace_minutes'),
      source: source(of, speech),
    })

const unsure =
  (key: 'unsureFirstIn' | 'unsureLastOut'): Teller =>
  (of, { t }) =>
    t(key, { percent: percent(of.number('confidence')), least: percent(of.number('least')) })

const record =
  (key: 'recordedAuto' | 'recordedDiffers' | 'recordedByHand'): Teller =>
  (of, { t, statusWord }) =>
    t(key, { status: statusWord(of.text('status')) })

function exceptionType(of: Values, { t }: Speech): string {
  const type = of.text('type')
  return type === 'holiday' || type === 'leave' || type === 'special_event' ? t(type) : type
}

function exception(of: Values, speech: Speech): string {
  const [type, reason, by] = [exceptionType(of, speech), of.text('reason'), of.text('approved_by')]
  const told = reason === '' ? type : `${type}: ${reason}`
  return by === '' ? `${told}.` : `${told}, ${speech.t('approvedBy', { by })}.`
}

function away(of: Values, speech: Speech): string {
  const { t } = speech
  const [to, lunch] = [of.text('to'), of.text('lunch_break')]
  return t('violationText', {
    from: clock(of.text('from'), speech),
    to: to === '' ? t('violationOpen') : clock(to, speech),
    seen: clock(of.text('last_seen'), speech),
    camera: of.text('camera'),
    hours: span(of.text('work_hours')),
    lunch: lunch === '' ? t('none') : span(lunch),
  })
}

/** One of each code of docs/api.yaml (Reason) that is told as a sentence. */
const tellers: Partial<Record<Reason['code'], Teller>> = {
  day_open: workingDay(false),
  day_closed: workingDay(true),
  no_hours: (_, { t }) => t('noHours'),
  hours_at_noon: (of, speech) =>
    speech.t('hoursText', {
      hours: span(of.text('hours')),
      days: weekdays(of.text('working_days'), speech),
      grace: of.number('grace_minutes'),
      source: source(of, speech),
    }),
  exception,
  came_on_special_event: (of, speech) => `${exception(of, speech)} ${speech.t('usualHoursDoNotHold')}`,
  confidence_of_rule: bands(source),
  confidence_of_settings: bands((_, { t }) => t('settings')),
  none_counts: (of, { t }) => t('noneCounts', { count: of.number('sightings') }),
  no_mark: (_, { t }) => t('noMark'),
  earliest_sighting: end('firstInText'),
  latest_sighting: end('lastOutText'),
  duration: (of, { t, times }) => t('durationText', { lasting: times.lasting(of.number('minutes')) }),
  came: (_, { t }) => t('came'),
  came_confirmed: (_, { t }) => t('cameConfirmed'),
  nobody_confirmed: (_, { t }) => t('nobodyConfirmed'),
  nobody_due: (_, { t }) => t('noStatus'),
  no_sighting: (of, speech) => speech.t('absent', { source: source(of, speech) }),
  late: beyond('late'),
  left_early: beyond('early'),
  unsure_first_in: unsure('unsureFirstIn'),
  unsure_last_out: unsure('unsureLastOut'),
  first_at_midday: (of, { t }) => t('midday', { at: of.text('time') }),
  first_in_the_evening: (of, { t }) => t('evening', { at: of.text('time') }),
  short_presence: (of, { t, times }) =>
    t('shortPresence', {
      there: times.lasting(of.number('minutes')),
      expected: times.lasting(of.number('expected_minutes')),
      percent: percent(of.number('share')),
      least: percent(of.number('least')),
      rule: of.text('rule'),
    }),
  away,
  nothing_due: (_, { t }) => t('recordedNothing'),
  missing: (_, { t }) => t('recordedMissing'),
  by_hand: record('recordedByHand'),
  as_judged: record('recordedAuto'),
  differs: record('recordedDiffers'),
}

/** Why, in a sentence; the server's own words for what a newer server says. */
export function reasonText({ code, text, values }: Reason, speech: Speech): string {
  return tellers[code]?.(new Values(values), speech) ?? text
}

const titles = {
  'working day': 'workingDay',
  hours: 'hours',
  exception: 'exception',
  confidence: 'confidence',
  'first in': 'firstIn',
  'last out': 'lastOut',
  duration: 'duration',
  status: 'status',
  violation: 'violation',
  recorded: 'recorded',
} as const

/** A figure of the explanation in a sentence; null for those shown in another way. */
export function sentenceOf({ figure, value, because }: Figure, speech: Speech): Sentence | null {
  if (figure === 'ENTER' || figure === 'EXIT') return null
  const title = figure in titles ? speech.t(titles[figure as keyof typeof titles]) : figure
  const text = reasonText(because, speech)
  if (figure !== 'status' || value === 'none') return { title, text }
  return { title, text: speech.t('statusText', { status: speech.statusWord(value), because: text }) }
}
