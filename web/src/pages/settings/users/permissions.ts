import type { Permission } from '@/api/types.ts'
import type { Language } from '@/i18n/language.ts'

/** Every permission with its meaning, in the order of the lists. */
export const permissions: Readonly<Record<Permission, Record<Language, string>>> = {
  'persons:read': {
    en: 'see who is enrolled, and where they were seen',
    id: 'melihat siapa yang terdaftar dan di mana terlihat',
  },
  'persons:write': {
    en: 'add, change, enrol and erase people',
    id: 'menambah, mengubah, mendaftarkan, dan menghapus orang',
  },
  'faces:search': { en: 'find people by a picture of their face', id: 'mencari orang dengan gambar wajah' },
  'attendance:read': {
    en: 'see days, first in and last out, with pictures',
    id: 'melihat hari, masuk pertama dan keluar terakhir, dengan gambar',
  },
  'attendance:write': { en: 'enter and correct days', id: 'mengisi dan mengoreksi hari' },
  'attendance:approve': {
    en: 'approve what others entered, decide what waits for review',
    id: 'menyetujui isian orang lain dan memutuskan yang menunggu tinjauan',
  },
  'cameras:read': { en: 'see cameras and what they show', id: 'melihat kamera dan gambarnya' },
  'cameras:write': {
    en: 'add, change, test and delete cameras',
    id: 'menambah, mengubah, menguji, dan menghapus kamera',
  },
  'schedule:write': { en: 'change hours, mode and pause', id: 'mengubah jam kerja, mode, dan jeda' },
  'reports:read': {
    en: 'see reports and alerts, and export them',
    id: 'melihat laporan dan peringatan, serta mengekspornya',
  },
  'notifications:read': { en: 'see notifications', id: 'melihat pemberitahuan' },
  'audit:read': { en: 'see who did what', id: 'melihat siapa melakukan apa' },
  'system:admin': {
    en: 'manage parameters, users, roles, keys, backups and the server itself',
    id: 'mengelola parameter, pengguna, peran, kunci, cadangan, dan server',
  },
  'metrics:read': { en: 'read the figures for monitoring (/metrics)', id: 'membaca angka pemantauan (/metrics)' },
  'self:read': { en: 'see their own days', id: 'melihat harinya sendiri' },
}

/** For lists to choose from: the meaning, with the word itself below. */
export function permissionChoices(language: Language) {
  return Object.entries(permissions).map(([value, meaning]) => ({ value, label: meaning[language], hint: value }))
}

export function permissionMeaning(word: string, language: Language): string {
  return word in permissions ? permissions[word as Permission][language] : word
}
