import type { Schema } from '@/api/types.ts'
import type { FrameMeasure } from './frameMeasure.ts'

export type PhotoCheck = Schema<'PhotoCheck'>
export type Pose = 'front' | 'left' | 'right'
export const poses: readonly Pose[] = ['front', 'left', 'right']

/** What to tell whoever stands before the webcam; `good` alone lets the picture be taken. */
export type Advice =
  | 'starting'
  | 'tooDark'
  | 'tooBright'
  | 'covered'
  | 'blurred'
  | 'noFace'
  | 'severalFaces'
  | 'middle'
  | 'tooFar'
  | 'tooClose'
  | 'lookUp'
  | 'lookDown'
  | 'lookAhead'
  | 'turnLeft'
  | 'turnRight'
  | 'turnLess'
  | 'good'
  | 'waiting'

// The face's own light is what the server judges; these only spare it frames that can't be good.
const darkest = 0.08
const brightest = 0.95
/** A lens that is covered, or a wall: nothing has an edge. */
const leastEdges = 3

/** What the frame itself already tells; null when the server should look at it. */
export function adviceOfFrame({ luma, sharpness }: FrameMeasure): Advice | null {
  if (luma < darkest) return 'tooDark'
  if (luma > brightest) return 'tooBright'
  return sharpness < leastEdges ? 'covered' : null
}

const nearEnough = 0.16
const nearest = 0.62
const farthestOff = 0.28

/** By where and how large the face is in the picture, its width and middle as parts of the picture's. */
function adviceOfPlace({ face, width, height }: PhotoCheck): Advice | null {
  if (!face || width === 0 || height === 0) return null
  if (face.width / width > nearest || face.height / height > 0.92) return 'tooClose'
  if (face.width / Math.min(width, height) < nearEnough) return 'tooFar'
  const across = Math.abs((face.x + face.width / 2) / width - 0.5)
  const down = Math.abs((face.y + face.height / 2) / height - 0.5)
  return across > farthestOff || down > farthestOff ? 'middle' : null
}

function adviceOfPose({ pose, yaw, pitch, code }: PhotoCheck, wanted: Pose): Advice | null {
  if (code === 'turned_away') {
    if (Math.abs(pitch ?? 0) > Math.abs(yaw ?? 0)) return (pitch ?? 0) > 0 ? 'lookUp' : 'lookDown'
    return wanted === 'front' ? 'lookAhead' : sideOf(yaw ?? 0) === wanted ? 'turnLess' : towards(wanted)
  }
  if (pose === wanted) return null
  return wanted === 'front' ? 'lookAhead' : towards(wanted)
}

const sideOf = (yaw: number): Pose => (yaw > 0 ? 'left' : 'right')
const towards = (wanted: 'left' | 'right'): Advice => (wanted === 'left' ? 'turnLeft' : 'turnRight')

/** What the server saw, in the order in which it helps: first one face, then where it is, then how it looks. */
export function adviceOf(check: PhotoCheck, wanted: Pose): Advice {
  if (check.code === 'no_face' || check.code === 'not_a_picture') return 'noFace'
  if (check.code === 'several_faces') return 'severalFaces'
  const place = adviceOfPlace(check)
  if (place) return place
  if (check.code === 'cut_off') return 'middle'
  if (check.code === 'too_small') return 'tooFar'
  if (check.code === 'too_dark') return 'tooDark'
  if (check.code === 'too_bright') return 'tooBright'
  const pose = adviceOfPose(check, wanted)
  if (pose) return pose
  if (check.code === 'too_blurred') return 'blurred'
  return check.ok ? 'good' : 'blurred'
}
