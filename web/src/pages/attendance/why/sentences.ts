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

type Figure = Schema<'Explanation'>['figures'][number]

const iso = String.raw`\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)`

/** "5 Jan, 07:55" of any time the server writes. */
function when(text: string, { times, timeZone }: Speech): string {
  return times.dayAndTime(onSiteClock(text, timeZone))
}
const clock = (text: string, { timeZone }: Speech): string => onSiteClock(text, timeZone).slice(11, 16)
const percent = (text: string | undefined): number => Math.round(Number(text) * 100)

/** The server's own words, for what is not known here: times on the site's clock, no ids. */
function asTold(text: string, speech: Speech): string {
  return text
    .replace(new RegExp(iso, 'g'), (time) => when(time, speech))
    .replace(/\b(sighting|schedule) [0-9a-f]{8}-[0-9a-f-]{27}/g, '$1')
}

/** "schedule since 2025-12-31T17:00:00.000Z" */
function source(text: string, speech: Speech): string {
  const found = new RegExp(`^(schedule|shift|rule)(?: (.+))? since (${iso})$`).exec(text)
  if (!found) return asTold(text, speech)
  const [, kind, name = '', since = ''] = found
  const day = `${speech.times.day(onSiteClock(since, speech.timeZone))}, ${clock(since, speech)}`
  if (kind === 'schedule') return speech.t('schedule', { since: day })
  return speech.t(kind === 'shift' ? 'shift' : 'rule', { name, since: day })
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

type Teller = (match: string[], speech: Speech) => string
interface Pattern {
  because: RegExp
  tell: Teller
}

const statusReasons: Pattern[] = [
  {
    because: /^first in at (\S+), after (\S+) \((\S+) with (\d+) min of grace, by (.+)\)$/,
    tell: ([, at = '', limit = '', start = '', grace = '', by = ''], speech) =>
      speech.t('late', { at, limit, start, grace, source: source(by, speech) }),
  },
  {
    because: /^seen last at (\S+), before (\S+) \((\S+) with (\d+) min of grace, by (.+)\)$/,
    tell: ([, at = '', limit = '', start = '', grace = '', by = ''], speech) =>
      speech.t('early', { at, limit, start, grace, source: source(by, speech) }),
  },
  { because: /^came, and no rule says otherwise$/, tell: (_, { t }) => t('came') },
  { because: /^came, as somebody confirmed$/, tell: (_, { t }) => t('cameConfirmed') },
  { because: /^nobody came, as somebody confirmed$/, tell: (_, { t }) => t('nobodyConfirmed') },
  {
    because: /^a working day without a sighting that counts, by (.+)$/,
    tell: ([, by = ''], speech) => speech.t('absent', { source: source(by, speech) }),
  },
  {
    because: /^the first in has confidence ([\d.]+), below ([\d.]+)$/,
    tell: ([, given, least], { t }) => t('unsureFirstIn', { percent: percent(given), least: percent(least) }),
  },
  {
    because: /^the last out has confidence ([\d.]+), below ([\d.]+)$/,
    tell: ([, given, least], { t }) => t('unsureLastOut', { percent: percent(given), least: percent(least) }),
  },
  {
    because: /^seen first at (\S+), without a shift: from 12:00/,
    tell: ([, at = ''], { t }) => t('midday', { at }),
  },
  {
    because: /^seen first at (\S+), without a shift: from 16:00/,
    tell: ([, at = ''], { t }) => t('evening', { at }),
  },
]

/** Why a status is what it is. */
export function statusReason(because: string, speech: Speech): string {
  for (const pattern of statusReasons) {
    const match = pattern.because.exec(because)
    if (match) return pattern.tell(match, speech)
  }
  return asTold(because, speech)
}

function workingDay({ value, because }: Figure, speech: Speech): string {
  const found = new RegExp(`from (${iso}) to (${iso})`).exec(value)
  if (!found) return asTold(`${value}: ${because}`, speech)
  const [, from = '', to = ''] = found
  const span = speech.t('workingDayText', { from: when(from, speech), to: when(to, speech) })
  return `${span} ${speech.t(because.endsWith('the day is closed') ? 'dayIsOver' : 'dayRuns')}`
}

function hours({ value, because }: Figure, speech: Speech): string {
  if (value === 'none') return speech.t('noHours')
  const found = /^(.+), (\d+) min of grace, working days ([\d,]*) /.exec(because)
  if (!found) return asTold(`${value}: ${because}`, speech)
  const [, by = '', grace = '', days = ''] = found
  return speech.t('hoursText', {
    hours: value.replace('-', '–'),
    days: weekdays(days, speech),
    grace,
    source: source(by, speech),
  })
}

function confidence({ value, because }: Figure, speech: Speech): string {
  const found = /^in ([\d.]+), out ([\d.]+), review ([\d.]+)$/.exec(value)
  if (!found) return asTold(`${value}: ${because}`, speech)
  const by = because.startsWith('rule ') ? source(because, speech) : speech.t('settings')
  const [, into, out, review] = found
  return speech.t('confidenceText', {
    into: percent(into),
    out: percent(out),
    review: percent(review),
    source: by,
  })
}

function mark(key: 'firstInText' | 'lastOutText', { value, because }: Figure, speech: Speech): string {
  const none = /^of (\d+) sightings none counts$/.exec(because)
  if (none) return speech.t('noneCounts', { count: Number(none[1]) })
  if (value === 'none') return speech.t('noMark')
  const found = /on (.+), confidence ([\d.]+)$/.exec(because)
  if (!found) return asTold(`${value}: ${because}`, speech)
  return speech.t(key, {
    time: onSiteClock(value, speech.timeZone).slice(11, 19),
    camera: found[1] ?? '',
    percent: percent(found[2]),
  })
}

function violation({ value, because }: Figure, speech: Speech): string {
  const span = new RegExp(`^(${iso}) to (${iso}|unresolved)$`).exec(value)
  const told = new RegExp(`^last seen (${iso}) on (.+), tracked by .+\\(hours (.*), lunch (.*), mode`).exec(because)
  if (!span || !told) return asTold(`${value}: ${because}`, speech)
  const [, from = '', to = ''] = span
  const [, seen = '', camera = '', workHours = '', lunch = ''] = told
  return speech.t('violationText', {
    from: clock(from, speech),
    to: to === 'unresolved' ? speech.t('violationOpen') : clock(to, speech),
    seen: clock(seen, speech),
    camera,
    hours: workHours.replace('-', '–'),
    lunch: lunch === 'none' ? speech.t('none') : lunch.replace('-', '–'),
  })
}

function recorded({ value, because }: Figure, speech: Speech): string {
  if (value === 'nothing' && because === 'nothing is to be recorded') return speech.t('recordedNothing')
  const status = speech.statusWord(value.split(' ')[0] ?? '')
  if (because.startsWith('as the rules make it')) return speech.t('recordedAuto', { status })
  if (because.startsWith('differs')) return speech.t('recordedDiffers', { status })
  if (because.startsWith('entered by hand')) return speech.t('recordedByHand', { status })
  return asTold(`${value}: ${because}`, speech)
}

function exception({ value, because }: Figure, speech: Speech): string {
  const type = value === 'holiday' || value === 'leave' || value === 'special_event' ? speech.t(value) : value
  return speech.t('exceptionText', { type, reason: asTold(because, speech) })
}

/** A figure of the explanation in a sentence; null for those shown in another way. */
export function sentenceOf(figure: Figure, speech: Speech): Sentence | null {
  const { t } = speech
  switch (figure.figure) {
    case 'working day':
      return { title: t('workingDay'), text: workingDay(figure, speech) }
    case 'hours':
      return { title: t('hours'), text: hours(figure, speech) }
    case 'exception':
      return { title: t('exception'), text: exception(figure, speech) }
    case 'confidence':
      return { title: t('confidence'), text: confidence(figure, speech) }
    case 'first in':
      return { title: t('firstIn'), text: mark('firstInText', figure, speech) }
    case 'last out':
      return { title: t('lastOut'), text: mark('lastOutText', figure, speech) }
    case 'duration':
      return {
        title: t('duration'),
        text: t('durationText', { lasting: speech.times.lasting(Number.parseInt(figure.value)) }),
      }
    case 'status':
      return {
        title: t('status'),
        text:
          figure.value === 'none'
            ? t('noStatus')
            : t('statusText', {
                status: speech.statusWord(figure.value),
                because: statusReason(figure.because, speech),
              }),
      }
    case 'violation':
      return { title: t('violation'), text: violation(figure, speech) }
    case 'recorded':
      return { title: t('recorded'), text: recorded(figure, speech) }
    case 'ENTER':
    case 'EXIT':
      return null
    default:
      return { title: figure.figure, text: asTold(`${figure.value}: ${figure.because}`, speech) }
  }
}
