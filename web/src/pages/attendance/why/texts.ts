import { defineTexts } from '@/i18n/texts.ts'

/** The explanation of a day, in sentences. */
export const whyTexts = defineTexts('attendance-why', {
  differs: {
    en: 'What is recorded is not what today’s journal and rules would make of this day.',
    id: 'Catatan ini berbeda dari hasil jurnal dan aturan untuk hari ini.',
  },
  workingDay: { en: 'The day', id: 'Hari' },
  workingDayText: {
    en: 'This working day runs from {{from}} to {{to}}.',
    id: 'Hari kerja ini berlangsung dari {{from}} sampai {{to}}.',
  },
  dayIsOver: { en: 'It is over.', id: 'Hari ini sudah berakhir.' },
  dayRuns: { en: 'It is not over yet, so this may change.', id: 'Hari ini belum berakhir, jadi ini dapat berubah.' },
  hours: { en: 'Work hours', id: 'Jam kerja' },
  hoursText: {
    en: 'Work hours were {{hours}}, {{days}}, with {{grace}} minutes of grace, by {{source}}.',
    id: 'Jam kerja {{hours}}, {{days}}, dengan toleransi {{grace}} menit, menurut {{source}}.',
  },
  noHours: {
    en: 'No schedule, rule or shift was in force.',
    id: 'Tidak ada jadwal, aturan, atau sif yang berlaku.',
  },
  schedule: { en: 'the site’s schedule in force since {{since}}', id: 'jadwal yang berlaku sejak {{since}}' },
  shift: { en: 'the shift “{{name}}” in force since {{since}}', id: 'sif “{{name}}” yang berlaku sejak {{since}}' },
  rule: { en: 'the rule “{{name}}” in force since {{since}}', id: 'aturan “{{name}}” yang berlaku sejak {{since}}' },
  settings: { en: 'the site’s settings', id: 'pengaturan lokasi' },
  exception: { en: 'Exception', id: 'Pengecualian' },
  approvedBy: { en: 'approved by {{by}}', id: 'disetujui oleh {{by}}' },
  usualHoursDoNotHold: { en: 'The usual hours do not hold.', id: 'Jam kerja biasa tidak berlaku.' },
  holiday: { en: 'Holiday', id: 'Hari libur' },
  leave: { en: 'Leave', id: 'Cuti' },
  special_event: { en: 'Special day', id: 'Hari khusus' },
  confidence: { en: 'How sure', id: 'Keyakinan' },
  confidenceText: {
    en: 'A sighting counts as an arrival from {{into}} %, as a departure from {{out}} %; from {{review}} % it waits for a review, by {{source}}.',
    id: 'Penampakan dihitung sebagai kedatangan mulai {{into}} %, kepulangan mulai {{out}} %; mulai {{review}} % menunggu peninjauan, menurut {{source}}.',
  },
  firstIn: { en: 'First in', id: 'Masuk pertama' },
  firstInText: {
    en: '{{time}}: the earliest sighting that counts, on {{camera}}, {{percent}} % sure.',
    id: '{{time}}: penampakan paling awal yang dihitung, di {{camera}}, yakin {{percent}} %.',
  },
  lastOut: { en: 'Last out', id: 'Keluar terakhir' },
  lastOutText: {
    en: '{{time}}: the latest sighting that counts, on {{camera}}, {{percent}} % sure.',
    id: '{{time}}: penampakan paling akhir yang dihitung, di {{camera}}, yakin {{percent}} %.',
  },
  noMark: { en: 'No sighting counts as one.', id: 'Tidak ada penampakan yang dihitung.' },
  noneCounts: {
    en: { one: 'Of {{count}} sighting none counts.', other: 'Of {{count}} sightings none counts.' },
    id: 'Dari {{count}} penampakan tidak ada yang dihitung.',
  },
  duration: { en: 'Duration', id: 'Durasi' },
  durationText: {
    en: '{{lasting}}, from the first in to the last out, in whole minutes.',
    id: '{{lasting}}, dari masuk pertama sampai keluar terakhir, dalam menit penuh.',
  },
  status: { en: 'Status', id: 'Status' },
  statusText: { en: '{{status}}: {{because}}', id: '{{status}}: {{because}}' },
  late: {
    en: 'first in at {{at}}, after {{limit}} ({{start}} with {{grace}} minutes of grace, by {{source}}).',
    id: 'masuk pertama pukul {{at}}, setelah {{limit}} ({{start}} dengan toleransi {{grace}} menit, menurut {{source}}).',
  },
  early: {
    en: 'seen last at {{at}}, before {{limit}} ({{start}} with {{grace}} minutes of grace, by {{source}}).',
    id: 'terakhir terlihat pukul {{at}}, sebelum {{limit}} ({{start}} dengan toleransi {{grace}} menit, menurut {{source}}).',
  },
  came: { en: 'they came, and no rule says otherwise.', id: 'datang, dan tidak ada aturan yang menyatakan lain.' },
  cameConfirmed: { en: 'they came, as somebody confirmed.', id: 'datang, seperti yang dikonfirmasi seseorang.' },
  nobodyConfirmed: { en: 'they did not come, as somebody confirmed.', id: 'tidak datang, seperti yang dikonfirmasi.' },
  absent: {
    en: 'a working day without a sighting that counts, by {{source}}.',
    id: 'hari kerja tanpa penampakan yang dihitung, menurut {{source}}.',
  },
  unsureFirstIn: {
    en: 'the first in is only {{percent}} % sure; {{least}} % are needed.',
    id: 'masuk pertama hanya yakin {{percent}} %; diperlukan {{least}} %.',
  },
  unsureLastOut: {
    en: 'the last out is only {{percent}} % sure; {{least}} % are needed.',
    id: 'keluar terakhir hanya yakin {{percent}} %; diperlukan {{least}} %.',
  },
  midday: {
    en: 'seen first at {{at}}, without a shift: from 12:00 to 16:00 it may be an arrival or a departure.',
    id: 'pertama terlihat pukul {{at}}, tanpa sif: antara 12:00 dan 16:00 bisa datang atau pulang.',
  },
  evening: {
    en: 'seen first at {{at}}, without a shift: from 16:00 it is a departure without an arrival.',
    id: 'pertama terlihat pukul {{at}}, tanpa sif: sejak 16:00 dianggap pulang tanpa kedatangan.',
  },
  shortPresence: {
    en: 'there for {{there}} of {{expected}} expected; that is {{percent}} %, and the rule “{{rule}}” asks for {{least}} %.',
    id: 'hadir {{there}} dari {{expected}} yang diharapkan; itu {{percent}} %, sedangkan aturan “{{rule}}” meminta {{least}} %.',
  },
  noStatus: {
    en: 'Nobody came, and nobody was to come or the day is not over.',
    id: 'Tidak ada yang datang, dan tidak ada yang seharusnya datang atau hari belum berakhir.',
  },
  recorded: { en: 'The record', id: 'Catatan' },
  recordedAuto: {
    en: '{{status}}, as the rules make it of what cameras saw.',
    id: '{{status}}, sesuai aturan dari yang dilihat kamera.',
  },
  recordedDiffers: {
    en: '{{status}}; that differs from what the rules make of the journal now.',
    id: '{{status}}; berbeda dari hasil aturan atas jurnal sekarang.',
  },
  recordedByHand: {
    en: '{{status}}, entered by hand and never changed by the machine.',
    id: '{{status}}, dimasukkan manual dan tidak pernah diubah mesin.',
  },
  recordedNothing: {
    en: 'Nothing is recorded, and nothing is to be.',
    id: 'Tidak ada catatan, dan memang tidak perlu.',
  },
  recordedMissing: {
    en: 'Nothing is recorded, though the rules make a record of this day of what cameras saw.',
    id: 'Tidak ada catatan, padahal aturan membuat catatan hari ini dari yang dilihat kamera.',
  },
  enter: { en: 'came', id: 'datang' },
  exit: { en: 'gone', id: 'pergi' },
  presence: { en: 'There and away', id: 'Ada dan pergi' },
  violation: { en: 'Alert', id: 'Peringatan' },
  violationText: {
    en: 'Away from {{from}} until {{to}}, last seen at {{seen}} on {{camera}}. Tracked then: hours {{hours}}, lunch {{lunch}}.',
    id: 'Pergi dari {{from}} sampai {{to}}, terakhir terlihat {{seen}} di {{camera}}. Saat itu dipantau: jam {{hours}}, istirahat {{lunch}}.',
  },
  violationOpen: { en: 'now', id: 'sekarang' },
  none: { en: 'none', id: 'tidak ada' },
  sightings: { en: 'Sightings', id: 'Penampakan' },
  sightingsCount: {
    en: { one: '{{count}} sighting of this day', other: '{{count}} sightings of this day' },
    id: '{{count}} penampakan hari ini',
  },
  noSightings: {
    en: 'The journal has no sightings of this day. They may have been purged.',
    id: 'Jurnal tidak memiliki penampakan hari ini. Mungkin sudah dihapus.',
  },
  time: { en: 'Time', id: 'Waktu' },
  taken: { en: 'Taken as', id: 'Dianggap' },
  check_in: { en: 'Arrival', id: 'Kedatangan' },
  check_out: { en: 'Departure', id: 'Kepulangan' },
  review: { en: 'To review', id: 'Perlu ditinjau' },
  duplicate: { en: 'Again', id: 'Berulang' },
  ignored: { en: 'Ignored', id: 'Diabaikan' },
  everyDay: { en: 'every day', id: 'setiap hari' },
})
