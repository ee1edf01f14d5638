import i18next from 'i18next'
import { expect, it } from 'vitest'
import { makeTimes } from '@/i18n/times.ts'
import { type Reason, reasonText, sentenceOf, type Speech } from './sentences.ts'
import { whyTexts } from './texts.ts'

const speechIn = (language: 'en' | 'id'): Speech => ({
  t: i18next.getFixedT(language, whyTexts.namespace) as unknown as Speech['t'],
  times: makeTimes(language === 'en' ? 'en-GB' : 'id-ID'),
  timeZone: 'Asia/Jakarta',
  locale: language === 'en' ? 'en-GB' : 'id-ID',
  statusWord: (status) => status.toLowerCase(),
})
const english = speechIn('en')
const tell = (code: Reason['code'], values: Reason['values'] = {}, speech = english) =>
  reasonText({ code, text: 'the server’s own words', values }, speech)

const schedule = { source: 'schedule', source_name: '', source_since: '2025-12-31T17:00:00.000Z' }

it('names the schedule and since when it holds, on the site’s clock', () => {
  const values = { hours: '08:00-17:00', working_days: '0,1,2,3,4', grace_minutes: 15, ...schedule }
  expect(tell('hours_at_noon', values)).toBe(
    'Work hours were 08:00–17:00, Mon–Fri, with 15 minutes of grace, by the site’s schedule in force since Thu, 1 Jan 2026, 00:00.',
  )
  expect(tell('hours_at_noon', values, speechIn('id'))).toContain('menurut jadwal yang berlaku sejak')
  expect(tell('no_hours')).toBe('No schedule, rule or shift was in force.')
})

it('says why somebody is late', () => {
  const shift = { source: 'shift', source_name: 'Early, team B', source_since: '2026-01-01T00:00:00.000Z' }
  expect(tell('late', { time: '08:25', limit: '08:15', hour: '08:00', grace_minutes: 15, ...shift })).toBe(
    'first in at 08:25, after 08:15 (08:00 with 15 minutes of grace, by the shift “Early, team B” in force since Thu, 1 Jan 2026, 07:00).',
  )
})

it('puts the status before its reason', () => {
  const because: Reason = { code: 'unsure_first_in', text: '', values: { confidence: 0.65, least: 0.7 } }
  expect(sentenceOf({ figure: 'status', value: 'PENDING_REVIEW', because, sightings: [] }, english)).toEqual({
    title: 'Status',
    text: 'pending_review: the first in is only 65 % sure; 70 % are needed.',
  })
})

it('names camera and confidence of an end of the day', () => {
  const mark = { time: '2026-11-18T08:25:10.190+07:00', camera: 'Main door', confidence: 0.91 }
  expect(tell('earliest_sighting', mark)).toBe('08:25:10: the earliest sighting that counts, on Main door, 91 % sure.')
  expect(tell('no_mark')).toBe('No sighting counts as one.')
  expect(tell('none_counts', { sightings: 1 })).toBe('Of 1 sighting none counts.')
})

it('tells an alert with the schedule of its moment', () => {
  const values = {
    from: '2026-11-18T16:42:09.343+07:00',
    to: '',
    last_seen: '2026-11-18T16:41:09.343+07:00',
    camera: 'CAM7',
    work_hours: '08:00-17:00',
    lunch_break: '',
    mode: 'AUTO',
  }
  expect(tell('away', values)).toBe(
    'Away from 16:42 until now, last seen at 16:41 on CAM7. Tracked then: hours 08:00–17:00, lunch none.',
  )
})

it('tells exceptions with and without a reason', () => {
  expect(tell('exception', { type: 'leave', reason: 'ill', approved_by: 'hana' })).toBe('Leave: ill, approved by hana.')
  expect(tell('exception', { type: 'holiday', reason: '' })).toBe('Holiday.')
})

it('passes on what it does not know', () => {
  expect(tell('rained' as Reason['code'])).toBe('the server’s own words')
  expect(tell('')).toBe('the server’s own words')
})
