import type { Schema } from '@/api/types.ts'

export type ReviewItem = Schema<'ReviewItem'>
export type Decision = 'confirm' | 'check_out' | 'other_person' | 'reject'

export const itemKey = (item: Pick<ReviewItem, 'employee_id' | 'date'>): string => `${item.date} ${item.employee_id}`

/** Which decisions an item allows, in the order of their keys 1, 2, 3, 4. */
export function decisionsOf(item: Pick<ReviewItem, 'end' | 'can_be_somebody_else'>): Decision[] {
  return [
    'confirm',
    // What was taken for a departure can't be one by mistake of the clock.
    ...(item.end === 'first_in' ? (['check_out'] as const) : []),
    ...(item.can_be_somebody_else ? (['other_person', 'reject'] as const) : []),
  ]
}

/** The item to show: the chosen one; when it was decided, the one that is now in its place. */
export function shownIndex(items: readonly ReviewItem[], chosen: string | null, lastIndex: number): number {
  const found = items.findIndex((item) => itemKey(item) === chosen)
  return found >= 0 ? found : Math.max(0, Math.min(lastIndex, items.length - 1))
}
