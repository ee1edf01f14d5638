import { clsx } from 'clsx'
import { DropdownMenu } from 'radix-ui'
import { type ReactNode, use } from 'react'
import { DialogPlace } from './dialogPlace.ts'

interface MenuProps {
  /** The button that opens it. */
  trigger: ReactNode
  children: ReactNode
}

// Not modal: a modal menu puts a style element into the page, which the content security policy forbids.
export function Menu({ trigger, children }: MenuProps) {
  const dialog = use(DialogPlace)
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal container={dialog ?? undefined}>
        <DropdownMenu.Content
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-h-[80dvh] min-w-52 overflow-y-auto rounded-xl border border-line bg-card p-1.5 shadow-high"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const row =
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-lg px-2.5 py-1.5 outline-none select-none data-[highlighted]:bg-sunken data-[disabled]:opacity-50'

interface MenuItemProps {
  icon?: ReactNode
  isDangerous?: boolean
  disabled?: boolean
  onSelect: () => void
  children: ReactNode
}

export function MenuItem({ icon, isDangerous = false, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item disabled={disabled} onSelect={onSelect} className={clsx(row, isDangerous && 'text-bad')}>
      {icon}
      {children}
    </DropdownMenu.Item>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="px-2.5 pt-2 pb-1 text-xs font-medium text-soft">{children}</DropdownMenu.Label>
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1.5 h-px bg-line" />
}

interface MenuChoiceProps {
  value: string
  onChange: (value: string) => void
  choices: { value: string; label: string }[]
}

export function MenuChoice({ value, onChange, choices }: MenuChoiceProps) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={row}>
          <span className="grid size-4 place-items-center rounded-full border border-line-strong">
            <DropdownMenu.ItemIndicator className="size-2 rounded-full bg-accent" />
          </span>
          {choice.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
