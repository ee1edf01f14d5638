import { defineTexts } from '@/i18n/texts.ts'

export const auditTexts = defineTexts('audit', {
  hint: { en: 'Who did what', id: 'Siapa melakukan apa' },
  noted: { en: 'Reading it is noted in it, too.', id: 'Membacanya juga dicatat di sini.' },
  action: { en: 'Action', id: 'Tindakan' },
  anyAction: { en: 'Any action', id: 'Semua tindakan' },
  actor: { en: 'By', id: 'Oleh' },
  actorHint: { en: 'Name of a user', id: 'Nama pengguna' },
  from: { en: 'From', id: 'Dari' },
  to: { en: 'Until', id: 'Sampai' },
  when: { en: 'When', id: 'Kapan' },
  subject: { en: 'What', id: 'Apa' },
  detail: { en: 'Details', id: 'Rincian' },
  address: { en: 'From where', id: 'Dari mana' },
  show: { en: 'Show', id: 'Tampilkan' },
  clear: { en: 'Clear filters', id: 'Hapus saringan' },
  none: { en: 'Nothing fits', id: 'Tidak ada yang cocok' },
  program: { en: 'hadir itself', id: 'hadir sendiri' },
  page: {
    en: 'Page {{page}} of {{pages}}, {{total}} entries',
    id: 'Halaman {{page}} dari {{pages}}, {{total}} catatan',
  },
  newer: { en: 'Newer', id: 'Lebih baru' },
  older: { en: 'Older', id: 'Lebih lama' },
  verify: { en: 'Verify', id: 'Periksa' },
  verifyHint: {
    en: 'Each entry is sealed with the one before it. Verifying finds out whether one was changed or removed.',
    id: 'Setiap catatan disegel dengan catatan sebelumnya. Pemeriksaan menemukan yang diubah atau dihapus.',
  },
  whole: {
    en: {
      one: 'Whole: {{count}} entry is as it was written.',
      other: 'Whole: all {{count}} entries are as they were written.',
    },
    id: 'Utuh: {{count}} catatan sama seperti saat ditulis.',
  },
  broken: { en: 'Not whole from entry {{id}} on: {{reason}}', id: 'Tidak utuh sejak catatan {{id}}: {{reason}}' },
  head: { en: 'Seal of the newest entry', id: 'Segel catatan terbaru' },
  headHint: {
    en: 'Keep it somewhere else: it proves everything before it.',
    id: 'Simpan di tempat lain: ini membuktikan semua sebelumnya.',
  },
})
