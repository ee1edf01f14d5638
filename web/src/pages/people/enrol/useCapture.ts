import { type RefObject, useEffect, useRef, useState } from 'react'
import { ApiError } from '@/api/error.ts'
import { checkPicture } from './faceApi.ts'
import { FrameMeter } from './frameMeasure.ts'
import { type Advice, adviceOf, adviceOfFrame, type PhotoCheck, type Pose } from './guidance.ts'

export interface Capture {
  pose: Pose
  picture: Blob
  quality: number
}

export interface Guidance {
  advice: Advice
  check: PhotoCheck | null
  /** Why the server does not look at pictures; it is asked again. */
  problem: unknown
}

const nothingYet: Guidance = { advice: 'starting', check: null, problem: null }

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

// Small enough to be sent three times a second, large enough for every rule of the server.
const longestSide = 960
/** So many good pictures in a row before one is taken: nobody is moving any more. */
const goodInARow = 2

/** The frame the video shows now, as a JPEG in memory; it is written nowhere. */
async function frameOf(video: HTMLVideoElement, canvas: HTMLCanvasElement): Promise<Blob | null> {
  const scale = Math.min(1, longestSide / Math.max(video.videoWidth, video.videoHeight, 1))
  canvas.width = Math.round(video.videoWidth * scale)
  canvas.height = Math.round(video.videoHeight * scale)
  if (canvas.width === 0) return null
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.92))
}

/** Where the face was in the sent picture, in the video's own pixels. */
function faceInVideo(video: HTMLVideoElement, check: PhotoCheck | null) {
  if (!check?.face || check.width === 0) return null
  const scale = video.videoWidth / check.width
  const { x, y, width, height } = check.face
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale }
}

/**
 * Looks at the video as long as a pose is wanted, says what to do better, and hands over the first picture that was good
 * twice in a row: exactly the one that was judged.
 */
export function useCapture(
  video: RefObject<HTMLVideoElement | null>,
  wanted: Pose | null,
  onCapture: (capture: Capture) => void,
): Guidance {
  const [guidance, setGuidance] = useState<Guidance>(nothingYet)
  const captured = useRef(onCapture)
  useEffect(() => {
    captured.current = onCapture
  })
  useEffect(() => {
    if (!wanted) return
    const over = new AbortController()
    const isOver = () => over.signal.aborted
    const watch = new Watch(wanted)
    const run = async () => {
      while (!isOver()) {
        const element = video.current
        const seen = element && element.readyState >= 2 ? await watch.look(element) : null
        if (isOver()) return
        if (seen) setGuidance({ advice: seen.advice, check: seen.check, problem: seen.problem })
        if (seen?.capture) {
          captured.current(seen.capture)
          return
        }
        await pause(seen?.advice === 'waiting' ? 1000 : 200)
      }
    }
    void run()
    return () => {
      over.abort()
      setGuidance(nothingYet)
    }
  }, [video, wanted])
  return guidance
}

interface Look extends Guidance {
  capture?: Capture
}

class Watch {
  private readonly meter = new FrameMeter()
  private readonly canvas = document.createElement('canvas')
  private check: PhotoCheck | null = null
  private good = 0

  private readonly wanted: Pose

  constructor(wanted: Pose) {
    this.wanted = wanted
  }

  async look(video: HTMLVideoElement): Promise<Look> {
    const advice = adviceOfFrame(this.meter.measure(video, faceInVideo(video, this.check)))
    if (advice) return this.bad(advice)
    const picture = await frameOf(video, this.canvas)
    if (!picture) return this.bad('starting')
    try {
      this.check = await checkPicture(picture, this.wanted)
    } catch (error) {
      // Too many at once are asked for more slowly; all else is told, and asked again.
      const isTooFast = error instanceof ApiError && error.status === 429
      return this.bad('waiting', isTooFast ? null : error)
    }
    return this.judge(this.check, picture)
  }

  private bad(advice: Advice, problem: unknown = null): Look {
    this.check = null
    this.good = 0
    return { advice, check: null, problem }
  }

  private judge(check: PhotoCheck, picture: Blob): Look {
    const advice = adviceOf(check, this.wanted)
    this.good = advice === 'good' ? this.good + 1 : 0
    if (this.good < goodInARow) return { advice, check, problem: null }
    return { advice, check, problem: null, capture: { pose: this.wanted, picture, quality: check.quality ?? 0 } }
  }
}
