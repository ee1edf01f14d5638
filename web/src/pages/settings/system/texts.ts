import { defineTexts } from '@/i18n/texts.ts'

export const systemTexts = defineTexts('system', {
  about: { en: 'About', id: 'Tentang' },
  version: { en: 'Version', id: 'Versi' },
  models: { en: 'Models', id: 'Model' },
  api: { en: 'For programs', id: 'Untuk program' },
  apiDocs: { en: 'Description of the API', id: 'Penjelasan API' },
  health: { en: 'State of the parts', id: 'Keadaan bagian' },
  allWell: { en: 'All well', id: 'Semua baik' },
  ailing: { en: { one: '{{count}} part ails', other: '{{count}} parts ail' }, id: '{{count}} bagian bermasalah' },
  well: { en: 'well', id: 'baik' },
  ails: { en: 'ails', id: 'bermasalah' },
  licences: { en: 'Licences', id: 'Lisensi' },
  licencesHint: {
    en: 'hadir is free software under the Apache License 2.0. This page is built with the work of others:',
    id: 'hadir adalah perangkat lunak bebas di bawah Lisensi Apache 2.0. Halaman ini dibangun dengan karya pihak lain:',
  },
  showLicences: { en: 'Show licences', id: 'Tampilkan lisensi' },
  noLicences: {
    en: 'The list is made when the page is built, and this page was not.',
    id: 'Daftar dibuat saat halaman dibangun, dan halaman ini tidak.',
  },
  control: { en: 'Stop and restart', id: 'Hentikan dan mulai ulang' },
  restartHint: {
    en: 'Starts cameras and analysis anew with the saved parameters. The page and the API go on.',
    id: 'Memulai ulang kamera dan analisis dengan parameter tersimpan. Halaman dan API tetap berjalan.',
  },
  restart: { en: 'Restart the analysis', id: 'Mulai ulang analisis' },
  shutdownHint: {
    en: 'Ends hadir in good order. It can’t be started again from this page.',
    id: 'Menghentikan hadir dengan tertib. Tidak dapat dijalankan lagi dari halaman ini.',
  },
  shutdown: { en: 'Shut down', id: 'Matikan' },
  shutdownTitle: { en: 'Shut hadir down?', id: 'Matikan hadir?' },
  shutdownConfirm: {
    en: 'Nobody is recognised and no attendance is recorded until somebody starts hadir again at the server, for everybody who uses it.',
    id: 'Tidak ada yang dikenali dan tidak ada kehadiran yang dicatat sampai seseorang menjalankan hadir lagi di server, bagi semua pengguna.',
  },
  shutdownType: { en: 'Type hadir to confirm', id: 'Ketik hadir untuk memastikan' },
  shuttingDown: { en: 'hadir is shutting down', id: 'hadir sedang dimatikan' },
})
