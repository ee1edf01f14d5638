import { createContext } from 'react'

/**
 * The modal dialog around, or null: what opens over the page belongs into it. Beside it, it would lie below the dialog,
 * out of reach of the pointer and the keyboard.
 */
export const DialogPlace = createContext<HTMLDialogElement | null>(null)
