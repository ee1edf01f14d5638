import { useCallback, useEffect, useState } from 'react'

/** Why there is no picture. `insecure`: browsers give the webcam only to https and to this computer's own address. */
export type WebcamProblem = 'insecure' | 'none' | 'refused' | 'busy' | 'failed'

interface Webcam {
  stream: MediaStream | null
  problem: WebcamProblem | null
  /** All webcams; their names are known once the first one was allowed. */
  devices: { id: string; label: string }[]
  device: string
  choose: (device: string) => void
  retry: () => void
}

export function problemOf(error: unknown): WebcamProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused'
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none'
  return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'failed'
}

const wanted = { width: { ideal: 1280 }, height: { ideal: 720 }, facingMode: 'user' }

async function open(device: string): Promise<MediaStream> {
  const video = device ? { ...wanted, deviceId: { exact: device } } : wanted
  return navigator.mediaDevices.getUserMedia({ video, audio: false })
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

// Without https there is no mediaDevices at all, whatever its type says.
const isSecure = (): boolean => window.isSecureContext && 'mediaDevices' in navigator

/** The webcam while the component is shown; its light goes out with it. */
export function useWebcam(): Webcam {
  const [stream, setStream] = useState<MediaStream | null>(null)
  const [problem, setProblem] = useState<WebcamProblem | null>(isSecure() ? null : 'insecure')
  const [devices, setDevices] = useState<Webcam['devices']>([])
  const [device, setDevice] = useState('')
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    if (!isSecure()) return
    let isOver = false
    let opened: MediaStream | null = null
    const start = async () => {
      try {
        const found = await open(device)
        if (isOver) {
          stop(found)
          return
        }
        opened = found
        setStream(found)
        setProblem(null)
        // Pulled out, or taken away by the system.
        for (const track of found.getTracks()) track.onended = () => setProblem('none')
        const all = await navigator.mediaDevices.enumerateDevices()
        setDevices(
          all
            .filter((one) => one.kind === 'videoinput' && one.deviceId !== '')
            .map((one, index) => ({ id: one.deviceId, label: one.label || `Webcam ${index + 1}` })),
        )
      } catch (error) {
        if (!isOver) setProblem(problemOf(error))
      }
    }
    void start()
    return () => {
      isOver = true
      if (opened) stop(opened)
      setStream(null)
    }
  }, [device, attempt])
  const retry = useCallback(() => {
    setProblem(isSecure() ? null : 'insecure')
    setAttempt((before) => before + 1)
  }, [])
  return { stream: problem ? null : stream, problem, devices, device, choose: setDevice, retry }
}
