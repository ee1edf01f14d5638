import type { Box, LiveFrame } from '@/live/events.ts'
import { type BoxWords, drawBox, fitted, kindOf, labelOf } from './boxes.ts'

interface Picture {
  bitmap: ImageBitmap
  width: number
  height: number
  boxes: Box[]
}

/**
 * Paints the frames of one camera on a canvas. Only the newest counts: what comes while one is decoded takes the place of
 * what waits, and one is painted at most with each refresh of the screen. Each bitmap is closed as soon as it is replaced.
 */
export class FramePainter {
  #canvas: HTMLCanvasElement
  #words: BoxWords
  #waiting: LiveFrame | null = null
  #isDecoding = false
  #shown: Picture | null = null
  #request = 0
  #isOver = false
  #observer: ResizeObserver

  constructor(canvas: HTMLCanvasElement, words: BoxWords) {
    this.#canvas = canvas
    this.#words = words
    this.#observer = new ResizeObserver(() => this.#repaint())
    this.#observer.observe(canvas)
  }

  offer(frame: LiveFrame): void {
    this.#waiting = frame
    if (!this.#isDecoding) void this.#decode()
  }

  end(): void {
    this.#isOver = true
    this.#observer.disconnect()
    cancelAnimationFrame(this.#request)
    this.#waiting = null
    this.#shown?.bitmap.close()
    this.#shown = null
  }

  async #decode(): Promise<void> {
    this.#isDecoding = true
    for (let frame = this.#take(); frame; frame = this.#take()) {
      try {
        const bitmap = await createImageBitmap(new Blob([frame.image], { type: 'image/jpeg' }))
        this.#show({ bitmap, width: frame.width, height: frame.height, boxes: frame.boxes })
      } catch {
        // A damaged picture is passed over; the next one comes soon.
      }
    }
    this.#isDecoding = false
  }

  #take(): LiveFrame | null {
    const frame = this.#waiting
    this.#waiting = null
    return frame
  }

  #show(picture: Picture): void {
    if (this.#isOver) {
      picture.bitmap.close()
      return
    }
    this.#shown?.bitmap.close()
    this.#shown = picture
    this.#repaint()
  }

  #repaint(): void {
    cancelAnimationFrame(this.#request)
    this.#request = requestAnimationFrame(() => this.#paint())
  }

  #paint(): void {
    const context = this.#canvas.getContext('2d')
    const { clientWidth, clientHeight } = this.#canvas
    if (!context || !this.#shown || clientWidth === 0) return
    const density = Math.min(window.devicePixelRatio, 2)
    const [width, height] = [Math.round(clientWidth * density), Math.round(clientHeight * density)]
    if (this.#canvas.width !== width) this.#canvas.width = width
    if (this.#canvas.height !== height) this.#canvas.height = height
    context.setTransform(density, 0, 0, density, 0, 0)
    context.clearRect(0, 0, clientWidth, clientHeight)
    const place = fitted(this.#shown, { width: clientWidth, height: clientHeight })
    context.drawImage(this.#shown.bitmap, place.x, place.y, place.width, place.height)
    const scale = place.width / this.#shown.width
    for (const box of this.#shown.boxes) {
      const onPage = {
        x: place.x + box.x * scale,
        y: place.y + box.y * scale,
        width: box.width * scale,
        height: box.height * scale,
      }
      drawBox(context, onPage, kindOf(box), labelOf(box, this.#words), place)
    }
  }
}
