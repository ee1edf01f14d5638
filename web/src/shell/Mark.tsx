/** The sign of hadir. */
export function Mark({ className }: { className?: string }) {
  return <img src="/icon.svg" alt="" width={36} height={36} className={className ?? 'size-9 rounded-[9px]'} />
}
