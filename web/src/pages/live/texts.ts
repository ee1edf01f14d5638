import { defineTexts } from '@/i18n/texts.ts'

export const liveTexts = defineTexts('live', {
  title: { en: 'Live', id: 'Langsung' },
  present: { en: 'Present', id: 'Hadir' },
  alerts: { en: 'Open alerts', id: 'Peringatan terbuka' },
  total: { en: 'People in all', id: 'Jumlah orang' },
})
