import { defineTexts } from '@/i18n/texts.ts'

export const settingsTexts = defineTexts('settings', {
  title: { en: 'Settings', id: 'Pengaturan' },
  parts: { en: 'Parts of the settings', id: 'Bagian pengaturan' },
  parameters: { en: 'Parameters', id: 'Parameter' },
  users: { en: 'Users', id: 'Pengguna' },
  roles: { en: 'Roles', id: 'Peran' },
  keys: { en: 'API keys', id: 'Kunci API' },
  sessions: { en: 'My sign-ins', id: 'Sesi masuk saya' },
  audit: { en: 'Audit log', id: 'Log audit' },
  backups: { en: 'Backups', id: 'Cadangan' },
  system: { en: 'System', id: 'Sistem' },
  never: { en: 'never', id: 'belum pernah' },
  copy: { en: 'Copy', id: 'Salin' },
  copied: { en: 'Copied', id: 'Tersalin' },
  copyFailed: {
    en: 'Copying is not possible here: select it and copy it by hand.',
    id: 'Tidak dapat menyalin: pilih lalu salin sendiri.',
  },
  shownOnce: {
    en: 'It is shown only now. Copy it before you close.',
    id: 'Hanya ditampilkan sekarang. Salin sebelum menutup.',
  },
})
