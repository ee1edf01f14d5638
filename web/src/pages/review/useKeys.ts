import { useEffect, useRef, useState } from 'react'

const kept = 'hadir.review.keys'

/** Whether single keys decide: whoever speaks to the machine, or rests a hand on it, can switch that off. */
export function useKeysWanted(): [boolean, (wanted: boolean) => void] {
  const [isWanted, setWanted] = useState(() => localStorage.getItem(kept) !== 'off')
  return [
    isWanted,
    (wanted) => {
      localStorage.setItem(kept, wanted ? 'on' : 'off')
      setWanted(wanted)
    },
  ]
}

/** Calls what belongs to a key, unless somebody types, or a dialog is open. */
export function useKeys(isOn: boolean, keys: Readonly<Record<string, () => void>>): void {
  const newest = useRef(keys)
  useEffect(() => {
    newest.current = keys
  })
  useEffect(() => {
    if (!isOn) return
    const press = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null
      if (event.altKey || event.ctrlKey || event.metaKey || event.repeat) return
      if (target?.closest('input,textarea,select,[role=menu]') || document.querySelector('dialog[open]')) return
      newest.current[event.key]?.()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [isOn])
}
