import { describe, expect, it } from 'vitest'
import { adviceOf, adviceOfFrame, type PhotoCheck } from './guidance.ts'

const good: PhotoCheck = {
  photo: 'front',
  ok: true,
  code: null,
  reason: null,
  width: 640,
  height: 480,
  faces: 1,
  face: { x: 240, y: 140, width: 160, height: 200 },
  pose: 'front',
  yaw: 2,
  pitch: 3,
  brightness: 0.5,
  sharpness: 80,
  quality: 0.8,
}
const refused = (code: string, more: Partial<PhotoCheck> = {}): PhotoCheck => ({ ...good, ok: false, code, ...more })

describe('the light of a frame', () => {
  it('spares the server what can’t be good', () => {
    expect(adviceOfFrame({ luma: 0.02, sharpness: 50 })).toBe('tooDark')
    expect(adviceOfFrame({ luma: 0.99, sharpness: 50 })).toBe('tooBright')
    expect(adviceOfFrame({ luma: 0.4, sharpness: 0.2 })).toBe('covered')
    expect(adviceOfFrame({ luma: 0.4, sharpness: 50 })).toBeNull()
  })
})

describe('what the server saw', () => {
  it('is good only from the wanted side', () => {
    expect(adviceOf(good, 'front')).toBe('good')
    expect(adviceOf(refused('wrong_pose'), 'left')).toBe('turnLeft')
    expect(adviceOf(refused('wrong_pose', { pose: 'left', yaw: 30 }), 'right')).toBe('turnRight')
    expect(adviceOf(refused('wrong_pose', { pose: 'left', yaw: 30 }), 'front')).toBe('lookAhead')
    expect(adviceOf({ ...good, pose: 'left', yaw: 30 }, 'left')).toBe('good')
  })

  it('never is good when the server would refuse it', () => {
    const codes = [
      'no_face',
      'several_faces',
      'cut_off',
      'too_small',
      'turned_away',
      'too_dark',
      'too_bright',
      'too_blurred',
      'wrong_pose',
      'what_comes_later',
    ]
    for (const code of codes)
      for (const wanted of ['front', 'left', 'right'] as const)
        expect(adviceOf(refused(code, { pose: wanted }), wanted), code).not.toBe('good')
  })

  it('says how to stand', () => {
    expect(adviceOf(refused('no_face', { face: null, faces: 0, pose: null }), 'front')).toBe('noFace')
    expect(adviceOf(refused('several_faces', { faces: 2 }), 'front')).toBe('severalFaces')
    expect(adviceOf({ ...good, face: { x: 300, y: 220, width: 50, height: 60 } }, 'front')).toBe('tooFar')
    expect(adviceOf({ ...good, face: { x: 80, y: 0, width: 440, height: 470 } }, 'front')).toBe('tooClose')
    expect(adviceOf({ ...good, face: { x: 5, y: 140, width: 120, height: 150 } }, 'front')).toBe('middle')
  })

  it('tells turned too far from looking up or down', () => {
    expect(adviceOf(refused('turned_away', { pose: 'left', yaw: 62, pitch: 5 }), 'left')).toBe('turnLess')
    expect(adviceOf(refused('turned_away', { pose: 'left', yaw: 62, pitch: 5 }), 'right')).toBe('turnRight')
    expect(adviceOf(refused('turned_away', { yaw: 3, pitch: 50 }), 'front')).toBe('lookUp')
    expect(adviceOf(refused('turned_away', { yaw: 3, pitch: -50 }), 'front')).toBe('lookDown')
  })
})
