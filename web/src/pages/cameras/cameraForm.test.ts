import { describe, expect, it } from 'vitest'
import type { Camera } from '@/api/types.ts'
import { formOf, inputOf, isBehindMore, otherOverrides } from './cameraForm.ts'

const gate: Camera = {
  ...{ id: 'CAM1', name: 'Gate', location: 'North', enabled: true, status: 'ONLINE', reason: '', since: null },
  ...{ fps: 8, width: 640, height: 480, codec: 'h264', counters: {}, stream_url: '', snapshot_url: '' },
  rtsp_url: 'rtsp://***@10.0.0.9/1',
  overrides: { fps_target: 5, detection_size: [640, 384], of_tomorrow: 0.1 },
}

describe('what the form of a camera asks for', () => {
  it('asks for nothing where nothing was changed, and never for the masked address', () => {
    expect(inputOf(formOf(gate), gate)).toEqual({})
  })

  it('names what was changed', () => {
    const form = { ...formOf(gate), name: 'North gate', enabled: false, rtsp_url: ' rtsp://u:p@h/2 ' }
    form.overrides.rtsp_protocol = 'udp'
    form.overrides.fps_target = ''
    expect(inputOf(form, gate)).toEqual({
      name: 'North gate',
      enabled: false,
      rtsp_url: 'rtsp://u:p@h/2',
      rtsp_protocol: 'udp',
      fps_target: null,
    })
  })

  it('takes out what the camera has of its own', () => {
    expect(otherOverrides(gate)).toEqual([['of_tomorrow', '0.1']])
    expect(inputOf({ ...formOf(gate), dropsDetectUrl: true, dropped: ['of_tomorrow'] }, gate)).toEqual({
      detect_url: null,
      of_tomorrow: null,
    })
  })

  it('says sizes, numbers and answers as a file has them', () => {
    expect(formOf(gate).overrides.detection_size).toBe('640x384')
    const form = formOf(undefined)
    Object.assign(form.overrides, { detection_size: '320', min_margin: '0,1', real_time: 'false' })
    expect(inputOf({ ...form, rtsp_url: '0' })).toEqual({
      rtsp_url: '0',
      detection_size: 320,
      min_margin: 0.1,
      real_time: false,
    })
    form.overrides.detection_size = '640x384'
    expect(inputOf(form)['detection_size']).toBe('640x384')
  })

  it('leaves it to the server to refuse what is wrong', () => {
    const form = formOf(undefined)
    form.overrides.fps_target = 'fast'
    expect(inputOf(form)).toEqual({ rtsp_url: '', fps_target: 'fast' })
    expect(isBehindMore({ fps_target: 'must be a number' })).toBe(true)
    expect(isBehindMore({ rtsp_url: 'is empty' })).toBe(false)
  })
})
