/** What a picture says of light and sharpness, before anybody looks for faces in it. */
export interface FrameMeasure {
  /** Mean luma, 0 to 1. */
  luma: number
  /** Variance of the Laplacian of the luma of 0 to 255: hardly any in a picture without edges. */
  sharpness: number
}

/** Of RGBA pixels, row by row, as a canvas gives them. */
export function measureFrame(rgba: ArrayLike<number>, width: number, height: number): FrameMeasure {
  const luma = new Float32Array(width * height)
  let sum = 0
  for (let at = 0; at < luma.length; at++) {
    const pixel = at * 4
    const value = 0.299 * (rgba[pixel] ?? 0) + 0.587 * (rgba[pixel + 1] ?? 0) + 0.114 * (rgba[pixel + 2] ?? 0)
    luma[at] = value
    sum += value
  }
  const mean = luma.length > 0 ? sum / luma.length / 255 : 0
  return { luma: mean, sharpness: laplacianVariance(luma, width, height) }
}

function laplacianVariance(luma: Float32Array, width: number, height: number): number {
  const value = (at: number) => luma[at] ?? 0
  let sum = 0
  let squares = 0
  let count = 0
  for (let y = 1; y < height - 1; y++)
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x
      const edge = value(at - 1) + value(at + 1) + value(at - width) + value(at + width) - 4 * value(at)
      sum += edge
      squares += edge * edge
      count++
    }
  if (count === 0) return 0
  return squares / count - (sum / count) ** 2
}

interface Part {
  x: number
  y: number
  width: number
  height: number
}

const side = 128

/**
 * Measures frames of a video on a small canvas: the part where the face was last, else the middle, where it should be.
 */
export class FrameMeter {
  private readonly canvas = document.createElement('canvas')

  measure(video: HTMLVideoElement, face: Part | null): FrameMeasure {
    this.canvas.width = side
    this.canvas.height = side
    const context = this.canvas.getContext('2d', { willReadFrequently: true })
    if (!context || video.videoWidth === 0) return { luma: 0, sharpness: 0 }
    const length = Math.min(video.videoWidth, video.videoHeight) * 0.7
    const { x, y, width, height } = face ?? {
      x: (video.videoWidth - length) / 2,
      y: (video.videoHeight - length) / 2,
      width: length,
      height: length,
    }
    context.drawImage(video, x, y, width, height, 0, 0, side, side)
    return measureFrame(context.getImageData(0, 0, side, side).data, side, side)
  }
}
