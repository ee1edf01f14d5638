const kept = 'hadir.sound'
let context: AudioContext | undefined

export const isSoundOn = (): boolean => localStorage.getItem(kept) === 'on'

export function setSound(isOn: boolean): void {
  localStorage.setItem(kept, isOn ? 'on' : 'off')
  if (isOn) chime()
}

/** Two soft notes. Browsers allow sound only after the page was used; turning it on is such a use. */
export function chime(): void {
  if (!isSoundOn()) return
  context ??= new AudioContext()
  const begin = context.currentTime
  for (const [index, frequency] of [660, 880].entries()) {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const from = begin + index * 0.14
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0.0001, from)
    volume.gain.exponentialRampToValueAtTime(0.12, from + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + 0.35)
    tone.connect(volume).connect(context.destination)
    tone.start(from)
    tone.stop(from + 0.4)
  }
}
