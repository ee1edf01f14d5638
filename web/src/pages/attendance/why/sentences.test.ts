import i18next from 'i18next'
import { expect, it } from 'vitest'
import { makeTimes } from '@/i18n/times.ts'
import { sentenceOf, type Speech, statusReason } from './sentences.ts'
import { whyTexts } from './texts.ts'

const speechIn = (language: 'en' | 'id'): Speech => ({
  t: i18next.getFixedT(language, whyTexts.namespace) as unknown as Speech['t'],
  times: makeTimes(language === 'en' ? 'en-GB' : 'id-ID'),
  timeZone: 'Asia/Jakarta',
  locale: language === 'en' ? 'en-GB' : 'id-ID',
  statusWord: (status) => status.toLowerCase(),
})
const english = speechIn('en')
const tell = (figure: string, value: string, because: string, speech = english) =>
  sentenceOf({ figure, value, because, sightings: [] }, speech)?.text

// The texts are those of core/attendance/explanation.cpp and day_status.cpp.

it('names the schedule and since when it holds, on the site’s clock', () => {
  const because =
    'schedule since 2025-12-31T17:00:00.000Z, 15 min of grace, working days 0,1,2,3,4 (0 is Monday), in force at 12:00'
  expect(tell('hours', '08:00-17:00', because)).toBe(
    'Work hours were 08:00–17:00, Mon–Fri, with 15 minutes of grace, by the site’s schedule in force since Thu, 1 Jan 2026, 00:00.',
  )
  expect(tell('hours', '08:00-17:00', because, speechIn('id'))).toContain('menurut jadwal yang berlaku sejak')
  expect(tell('hours', 'none', 'no schedule, rule or shift was in force')).toBe(
    'No schedule, rule or shift was in force.',
  )
})

it('says why somebody is late, without ids', () => {
  expect(
    statusReason(
      'first in at 08:25, after 08:15 (08:00 with 15 min of grace, by shift Early, team B since 2026-01-01T00:00:00.000Z)',
      english,
    ),
  ).toBe(
    'first in at 08:25, after 08:15 (08:00 with 15 minutes of grace, by the shift “Early, team B” in force since Thu, 1 Jan 2026, 07:00).',
  )
})

it('names camera and confidence of an end of the day', () => {
  expect(
    tell(
      'first in',
      '2026-11-18T08:25:10.190+07:00',
      'the earliest sighting that counts: sighting 019b7382-cb2e-7f77-8a0e-35f316b45d39 on Main door, confidence 0.91',
    ),
  ).toBe('08:25:10: the earliest sighting that counts, on Main door, 91 % sure.')
  expect(tell('last out', 'none', 'no sighting counts as one')).toBe('No sighting counts as one.')
  expect(tell('first in', 'none', 'of 1 sightings none counts')).toBe('Of 1 sighting none counts.')
})

it('tells an alert with the schedule of its moment', () => {
  expect(
    tell(
      'violation',
      '2026-11-18T16:42:09.343+07:00 to unresolved',
      'last seen 2026-11-18T16:41:09.343+07:00 on CAM7, tracked by schedule 01980096-e2fa-7eef-8be8-bd735f177b81 (hours 08:00-17:00, lunch none, mode AUTO)',
    ),
  ).toBe('Away from 16:42 until now, last seen at 16:41 on CAM7. Tracked then: hours 08:00–17:00, lunch none.')
})

it('passes on what it does not know, with times of the site and no ids', () => {
  expect(tell('weather', 'rain', 'sighting 019b7382-cb2e-7f77-8a0e-35f316b45d39 at 2025-12-31T17:00:00.000Z')).toBe(
    'rain: sighting at 1 Jan, 00:00',
  )
  expect(statusReason('300 min of 480 min expected are 62 %, less than 80 % of rule Office', english)).toBe(
    '300 min of 480 min expected are 62 %, less than 80 % of rule Office',
  )
})
