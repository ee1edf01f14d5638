import { describe, expect, it } from 'vitest'
import { asSentence, serverText } from './serverText.ts'
import * as things from './thingWords.ts'
import * as words from './words.ts'

const tables = { ...words, ...things }
const entries = Object.values(tables).flat()

describe('the tables', () => {
  it.each(entries)('“%s” has the same values in both languages', (english, indonesian) => {
    const count = english.match(/\{~?\}/g)?.length ?? 0
    const used = [...indonesian.matchAll(/\{(\d)\}/g)].map(([, number]) => Number(number)).sort()
    expect(used).toEqual(Array.from({ length: count }, (_, index) => index + 1))
  })

  it('say each thing once', () => {
    const english = entries.map(([text]) => text)
    expect(english.filter((text, index) => english.indexOf(text) !== index)).toEqual([])
  })

  it.each(entries.filter(([english]) => !english.includes('{~}')))(
    '“%s” is found in spite of the others before it',
    (english, indonesian) => {
      const values = (text: string) => text.replace(/\{\}/g, 'Siti')
      expect(serverText(values(english), 'id')).toBe(indonesian.replace(/\{\d\}/g, 'Siti'))
    },
  )
})

describe('a text of the server in Indonesian', () => {
  it.each([
    // Fields, with and without their name
    ['must have at least 12 characters', 'paling sedikit 12 karakter'],
    ['name: must not be empty', 'name: tidak boleh kosong'],
    ['must be from 1 to 60', 'harus antara 1 dan 60'],
    ['61 is not allowed, only a number 0.1..60', '61 tidak boleh, hanya angka 0.1..60'],
    ['"x" is not allowed, only a number 0.01..1 or null', '"x" tidak boleh, hanya angka 0.01..1 atau null'],
    ['must be true or false', 'harus ya atau tidak'],
    ['id: there is a camera CAM1 already', 'id: kamera CAM1 sudah ada'],
    // Cameras: the address is kept, whatever colons are in it
    ['rtsp://10.0.0.9:554/a: connection refused', 'rtsp://10.0.0.9:554/a: sambungan ditolak'],
    ['main stream: rtsp://x/: no answer within 10 s', 'aliran utama: rtsp://x/: tidak ada jawaban dalam 10 detik'],
    ['CAM2 has sent no picture yet: connecting', 'CAM2 belum mengirim gambar: menghubungkan'],
    [
      'ftp://x is not allowed: only rtsp, rtsps, http and https addresses, a webcam number, or a file by its path',
      'ftp://x tidak boleh: hanya alamat rtsp, rtsps, http, atau https, nomor webcam, atau lokasi berkas',
    ],
    // What is wrong with the whole
    ['CAM1: offline: rtsp://x: connection refused', 'CAM1: terputus: rtsp://x: sambungan ditolak'],
    ['3 facts wait in the spool; 1 facts were lost', '3 catatan menunggu di antrean; 1 catatan hilang'],
    // Notifications
    ['Siti Rahayu was last seen on CAM1 at 07:55', 'Siti Rahayu terakhir terlihat di CAM1 pukul 07:55'],
    ['Tracking is paused until 2026-01-05 13:00 (ani)', 'Pelacakan dijeda sampai 2026-01-05 13:00 (ani)'],
    ['Tracking is paused until it is resumed (ani)', 'Pelacakan dijeda sampai dilanjutkan (ani)'],
    // People
    [
      "Siti's 2026-01-05 was changed meanwhile: look at it again",
      '2026-01-05 milik Siti baru saja diubah: periksa lagi',
    ],
    ['it looks like Budi (D001), who is enrolled already', 'mirip dengan Budi (D001), yang sudah terdaftar'],
    [
      'its face is seen from the front, not turned to its left',
      'wajahnya terlihat dari depan, bukan menoleh ke kirinya',
    ],
    [
      'Budi cannot be enrolled: a.jpg: there is no face in it; b.jpg: its face is too dark',
      'Budi tidak dapat didaftarkan: a.jpg: tidak ada wajah di dalamnya; b.jpg: wajahnya terlalu gelap',
    ],
    ['list.csv line 3: a quote is never closed', 'list.csv baris 3: tanda kutip tidak ditutup'],
    // As a sentence
    ['There is no face in it', 'tidak ada wajah di dalamnya'],
  ])('%s', (english, indonesian) => expect(serverText(english, 'id')).toBe(indonesian))

  it('stays as it came where nobody knows it', () => {
    for (const text of ['', 'HTTP 502', 'Rina: something new', 'siti; budi', 'a: b; c: d'])
      expect(serverText(text, 'id')).toBe(text)
  })

  it('begins large where it is a sentence of its own', () => {
    expect(['must not be empty', 'database'].map(asSentence)).toEqual(['Must not be empty', 'Database'])
    for (const text of ['rtsp://gate: connection refused', 'employee_code E1 belongs to Siti', '"x" is not allowed'])
      expect(asSentence(text)).toBe(text)
  })

  it('stays English on the English page', () => {
    expect(serverText('sign in first', 'en')).toBe('sign in first')
  })
})
