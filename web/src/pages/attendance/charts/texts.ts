import { defineTexts } from '@/i18n/texts.ts'

export const chartTexts = defineTexts('attendance-charts', {
  presence: { en: 'Presence over the day', id: 'Kehadiran sepanjang hari' },
  present: { en: 'There', id: 'Ada' },
  seen: { en: 'Seen by a camera', id: 'Terlihat kamera' },
  presenceHint: {
    en: 'People between their first in and last out, and those a camera saw, by quarter hour.',
    id: 'Orang di antara masuk pertama dan keluar terakhir, dan yang terlihat kamera, per seperempat jam.',
  },
  presenceSummary: {
    en: 'Chart of {{day}}: most people there at {{time}}, {{count}}.',
    id: 'Grafik {{day}}: paling banyak orang pada {{time}}, {{count}}.',
  },
  lateness: { en: 'Lateness over the weeks', id: 'Keterlambatan per minggu' },
  late: { en: 'Late arrivals', id: 'Kedatangan terlambat' },
  latenessHint: {
    en: 'Arrivals after the start of work hours and their grace, by week.',
    id: 'Kedatangan setelah jam masuk dan toleransinya, per minggu.',
  },
  latenessSummary: {
    en: 'Chart of {{weeks}} weeks: {{late}} of {{came}} arrivals were late.',
    id: 'Grafik {{weeks}} minggu: {{late}} dari {{came}} kedatangan terlambat.',
  },
  share: { en: 'Share', id: 'Bagian' },
  average: { en: 'On average', id: 'Rata-rata' },
  came: { en: 'Arrivals', id: 'Kedatangan' },
  week: { en: 'Week of', id: 'Minggu' },
  weeks: { en: 'Weeks', id: 'Minggu' },
  date: { en: 'Day', id: 'Hari' },
  time: { en: 'Time', id: 'Waktu' },
  department: { en: 'Department', id: 'Departemen' },
  asTable: { en: 'As a table', id: 'Sebagai tabel' },
  nothing: { en: 'No figures for these days', id: 'Tidak ada angka untuk hari-hari ini' },
  nothingHint: { en: 'Nobody came, or nothing is recorded.', id: 'Tidak ada yang datang, atau tidak ada catatan.' },
})
