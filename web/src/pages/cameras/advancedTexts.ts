import { defineTexts } from '@/i18n/texts.ts'
import type { AdvancedGroup, advancedGroups } from './overrides.ts'

export const advancedTexts = defineTexts('cameras-advanced', {
  title: { en: 'Advanced', id: 'Lanjutan' },
  hint: {
    en: 'For this camera alone. What is left empty is as for all cameras; that value stands in grey.',
    id: 'Hanya untuk kamera ini. Yang dikosongkan sama dengan semua kamera; nilainya tampak abu-abu.',
  },
  asAllIs: { en: 'As for all cameras: {{value}}', id: 'Sama dengan semua kamera: {{value}}' },
  automatic: { en: 'automatic', id: 'otomatis' },
  sameAsAll: { en: 'as for all cameras', id: 'sama dengan semua kamera' },
  recognition: { en: 'Recognition', id: 'Pengenalan' },
  speed: { en: 'How much is looked at', id: 'Seberapa banyak diperiksa' },
  quality: { en: 'Faces that are compared', id: 'Wajah yang dibandingkan' },
  tracking: { en: 'Following somebody', id: 'Mengikuti seseorang' },
  connection: { en: 'Connection', id: 'Sambungan' },
  recognition_threshold: {
    en: 'Similarity from which somebody is known, 0–1',
    id: 'Kemiripan agar dianggap dikenal, 0–1',
  },
  target_fpir: {
    en: 'Chance that a stranger is taken for somebody',
    id: 'Peluang orang asing dianggap orang terdaftar',
  },
  min_margin: { en: 'Lead over the second most similar, 0–1', id: 'Selisih dari yang termirip kedua, 0–1' },
  idle_fps: { en: 'Frames a second while nothing moves', id: 'Bingkai per detik saat tidak ada gerakan' },
  motion_threshold: { en: 'Share of the picture that counts as motion', id: 'Bagian gambar yang dianggap gerakan' },
  frame_skip: { en: 'Frames skipped in between', id: 'Bingkai yang dilewati' },
  detection_size: { en: 'Size in which faces are looked for', id: 'Ukuran gambar saat mencari wajah' },
  detection_score: { en: 'Least score of a face, 0–1', id: 'Nilai minimal sebuah wajah, 0–1' },
  annotation_stride: { en: 'Boxes on every n-th live frame', id: 'Kotak pada setiap bingkai siaran ke-n' },
  quality_min_face_area_frac: { en: 'Least share of the frame', id: 'Bagian bingkai minimal' },
  quality_min_blur_var: { en: 'Least sharpness', id: 'Ketajaman minimal' },
  quality_min_brightness: { en: 'Darkest, 0–1', id: 'Paling gelap, 0–1' },
  quality_max_brightness: { en: 'Brightest, 0–1', id: 'Paling terang, 0–1' },
  quality_min_score: { en: 'Least score of the detector, 0–1', id: 'Nilai detektor minimal, 0–1' },
  quality_max_yaw: { en: 'Furthest turn to a side, degrees', id: 'Toleh terjauh ke samping, derajat' },
  quality_max_pitch: { en: 'Furthest turn up or down, degrees', id: 'Tunduk atau tengadah terjauh, derajat' },
  smoothing_window: { en: 'Latest votes that count', id: 'Suara terakhir yang dihitung' },
  smoothing_min_votes: { en: 'Votes before somebody is known', id: 'Suara sebelum seseorang dikenali' },
  max_embeddings_per_track: { en: 'Faces compared until decided', id: 'Wajah yang dibandingkan sampai diputuskan' },
  recheck_interval_sec: { en: 'Decided faces are checked again after, seconds', id: 'Diperiksa lagi setelah, detik' },
  event_min_interval_sec: { en: 'Least time between sightings, seconds', id: 'Jarak minimal penampakan, detik' },
  tracker_iou_threshold: {
    en: 'Overlap that continues a track, 0–1',
    id: 'Tumpang tindih yang melanjutkan jejak, 0–1',
  },
  tracker_max_misses: { en: 'Frames a track survives unseen', id: 'Bingkai jejak bertahan tanpa terlihat' },
  tracking_timeout: { en: 'An unseen track ends after, seconds', id: 'Jejak tak terlihat berakhir setelah, detik' },
  read_timeout_sec: { en: 'Offline when silent for, seconds', id: 'Terputus bila diam selama, detik' },
  use_gstreamer_rtsp: { en: 'Read RTSP by GStreamer', id: 'Baca RTSP dengan GStreamer' },
  gst_latency_ms: { en: 'Buffer of GStreamer, milliseconds', id: 'Penyangga GStreamer, milidetik' },
  real_time: { en: 'Play a video file at its own pace', id: 'Putar berkas video dengan kecepatan aslinya' },
})

/** The field of the form for each parameter under "Advanced" has a label here; that it has is checked by the compiler. */
export type AdvancedField = (typeof advancedGroups)[AdvancedGroup][number]
