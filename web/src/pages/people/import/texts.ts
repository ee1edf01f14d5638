import { defineTexts } from '@/i18n/texts.ts'

export const importTexts = defineTexts('import', {
  title: { en: 'Import people', id: 'Impor orang' },
  hint: {
    en: 'Adds people and changes those whose code is here already. Nobody is removed.',
    id: 'Menambah orang dan mengubah yang kodenya sudah ada. Tidak ada yang dihapus.',
  },
  choose: {
    en: 'Drop a CSV or JSON file here, or choose one',
    id: 'Letakkan berkas CSV atau JSON di sini, atau pilih',
  },
  chooseHint: {
    en: 'CSV with a heading line: employee_code, name, department, role, email, phone … – also by their Indonesian names (nik, nama, departemen, jabatan).',
    id: 'CSV dengan baris judul: nik, nama, departemen, jabatan, email, telepon … – juga dengan nama Inggrisnya (employee_code, name, department).',
  },
  another: { en: 'Another file', id: 'Berkas lain' },
  tooLarge: { en: 'The file is larger than 4 MiB: divide it.', id: 'Berkas lebih dari 4 MiB: bagi menjadi beberapa.' },
  unreadable: { en: 'The file can’t be read.', id: 'Berkas tidak dapat dibaca.' },
  looking: { en: 'Looking at what would change …', id: 'Memeriksa apa yang akan berubah …' },
  preview: { en: 'What would change', id: 'Yang akan berubah' },
  added: { en: 'New', id: 'Baru' },
  changed: { en: 'Changed', id: 'Berubah' },
  unchanged: { en: 'As they are', id: 'Tetap' },
  leftOut: { en: 'Left out', id: 'Dilewati' },
  line: { en: 'Line', id: 'Baris' },
  person: { en: 'Person', id: 'Orang' },
  action: { en: 'What', id: 'Apa' },
  fields: { en: 'Fields', id: 'Isian' },
  problems: { en: 'Lines that are left out', id: 'Baris yang dilewati' },
  problem: { en: 'Line {{line}}: {{reason}}', id: 'Baris {{line}}: {{reason}}' },
  ignored: { en: 'Columns nobody knows: {{columns}}', id: 'Kolom yang tidak dikenal: {{columns}}' },
  nothing: { en: 'Nothing would change', id: 'Tidak ada yang berubah' },
  apply: { en: { one: 'Import {{count}} person', other: 'Import {{count}} people' }, id: 'Impor {{count}} orang' },
  done: { en: '{{added}} added, {{changed}} changed', id: '{{added}} ditambahkan, {{changed}} diubah' },
  more: { en: '{{count}} further lines are not shown', id: '{{count}} baris lainnya tidak ditampilkan' },
  withFaces: {
    en: 'Faces don’t come with a list: filter by “Without face” to enrol them.',
    id: 'Wajah tidak ikut dalam daftar: saring “Tanpa wajah” untuk mendaftarkannya.',
  },
})
