/**
 * Where a dialog begins: its first field, or its title where there is none. On a touch screen the title, too: the keyboard
 * would cover what is to be read first.
 */
export function focusFirst(dialog: HTMLElement, title: HTMLElement | null): void {
  const fields = Array.from(
    dialog.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea'),
  )
  const first = fields.find((field) => !field.disabled && field.type !== 'file' && field.getClientRects().length > 0)
  if (!first || window.matchMedia('(pointer: coarse)').matches) {
    title?.focus()
    return
  }
  const isChosen = (field: (typeof fields)[number]) =>
    field instanceof HTMLInputElement && field.name === first.name && field.checked
  const start = first.type === 'radio' ? (fields.find(isChosen) ?? first) : first
  start.focus()
}
