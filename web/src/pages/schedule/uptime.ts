/** `seconds` as they were `milliseconds` ago: whole days and "04:05:06". */
export function ticking(seconds: number, milliseconds: number): { days: number; clock: string } {
  const total = seconds + Math.max(0, Math.floor(milliseconds / 1000))
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = [Math.floor((total % 86_400) / 3600), Math.floor((total % 3600) / 60), total % 60].map(two).join(':')
  return { days: Math.floor(total / 86_400), clock }
}
