import { defineTexts } from '@/i18n/texts.ts'

export const myDaysTexts = defineTexts('my-days', {
  title: { en: 'My days', id: 'Hari saya' },
  description: {
    en: 'When the cameras saw you first and last, and what was entered by hand.',
    id: 'Kapan kamera pertama dan terakhir melihat Anda, dan yang diisi secara manual.',
  },
  days: { en: 'Days', id: 'Hari' },
  from: { en: 'From', id: 'Dari' },
  to: { en: 'To', id: 'Sampai' },
  date: { en: 'Day', id: 'Hari' },
  status: { en: 'Status', id: 'Status' },
  firstIn: { en: 'First in', id: 'Masuk pertama' },
  lastOut: { en: 'Last out', id: 'Keluar terakhir' },
  duration: { en: 'Duration', id: 'Durasi' },
  source: { en: 'Source', id: 'Sumber' },
  byCamera: { en: 'Camera', id: 'Kamera' },
  byHand: { en: 'By hand', id: 'Manual' },
  present: { en: 'Present', id: 'Hadir' },
  late: { en: 'Late', id: 'Terlambat' },
  early_leave: { en: 'Left early', id: 'Pulang cepat' },
  absent: { en: 'Absent', id: 'Tidak hadir' },
  on_leave: { en: 'On leave', id: 'Cuti' },
  holiday: { en: 'Holiday', id: 'Libur' },
  pending: { en: 'To review', id: 'Perlu ditinjau' },
  workingDays: { en: 'Working days', id: 'Hari kerja' },
  daysPresent: { en: 'Came', id: 'Datang' },
  none: { en: 'Nothing is recorded on these days', id: 'Belum ada catatan pada hari-hari ini' },
  noneHint: {
    en: 'Your days appear here after a camera has seen you.',
    id: 'Hari Anda muncul di sini setelah kamera melihat Anda.',
  },
  nobody: { en: 'This account belongs to no person yet', id: 'Akun ini belum terhubung ke orang mana pun' },
  nobodyHint: {
    en: 'An administrator can say whose it is, under Settings › Users.',
    id: 'Administrator dapat menghubungkannya di Pengaturan › Pengguna.',
  },
  wrong: {
    en: 'Something is wrong here? Tell whoever looks after attendance: they see why, and can correct it.',
    id: 'Ada yang keliru? Beri tahu pengelola kehadiran: mereka melihat sebabnya dan dapat memperbaikinya.',
  },
})
