/** A time in another offset, such as UTC, as the site's clock showed it: "2026-01-05T07:55:00". */
export const onSiteClock = (iso: string, timeZone: string): string =>
  // Swedish writes "2026-01-05 07:55:00".
  new Date(iso).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')
