// A webcam before which somebody sits: Chromium plays a film in its place.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const shared = process.env.HADIR_SHARED ?? join(import.meta.dirname, '../../../../shared')
// Somebody from the front and turned to their left; mirrored it is the right.
const turns = ['Hu_Jintao_0006.jpg', 'Hu_Jintao_0014.jpg'].map((name) => join(shared, 'faces/lfw/Hu_Jintao', name))

/** Why stories with a webcam can't be told here, or false. */
export const withoutFaces = !turns.every(existsSync) && 'the photos for the webcam are not here'

export function ffmpeg(...options) {
  const { status, stderr } = spawnSync('ffmpeg', ['-v', 'error', '-y', ...options], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
}

/** Options of Chromium: a webcam that sees somebody look ahead, then to the left, then to the right, again and again. */
export function fakeWebcam(folder) {
  const film = join(folder, 'webcam.mjpeg')
  const [front, left] = turns
  const shown = (photo) => ['-loop', '1', '-framerate', '10', '-t', '12', '-i', photo]
  const wide = 'pad=334:250:(ow-iw)/2:0:gray,setsar=1,format=yuvj420p'
  const graph = `[0]${wide}[f];[1]${wide}[l];[2]hflip,${wide}[r];[f][l][r]concat=n=3`
  ffmpeg(...shown(front), ...shown(left), ...shown(left), '-filter_complex', graph, '-c:v', 'mjpeg', '-q:v', '2', film)
  return [
    '--use-fake-device-for-media-stream',
    '--use-fake-ui-for-media-stream',
    `--use-file-for-fake-video-capture=${film}`,
  ]
}
