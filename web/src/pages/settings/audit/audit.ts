import { zonedTime } from '@/i18n/zoned.ts'

/** Actions to choose from; others can be read in the list all the same. */
export const actions = [
  'user.login',
  'user.login_failed',
  'user.logout',
  'user.add',
  'user.change',
  'user.invite',
  'user.set_up',
  'user.set_password',
  'user.change_password',
  'user.unlock',
  'user.remove',
  'role.put',
  'role.remove',
  'api_key.add',
  'api_key.revoke',
  'person.add',
  'person.change',
  'person.enrol',
  'person.remove',
  'face.search',
  'camera.add',
  'camera.change',
  'camera.remove',
  'camera.test',
  'schedule.save',
  'schedule.mode',
  'schedule.pause',
  'config.change',
  'logs.reset',
  'system.restart',
  'system.shutdown',
  'audit.read',
  'audit.verify',
] as const

/** What the address of the page asks for. Days are the site's, both inclusive. */
export function queryOf(params: URLSearchParams, timeZone: string) {
  const day = (name: string) => {
    const text = params.get(name) ?? ''
    return /^\d{4}-\d\d-\d\d$/.test(text) ? text : ''
  }
  const [from, to] = [day('from'), day('to')]
  const action = params.get('action')
  const actor = params.get('actor')
  return {
    page: Math.max(1, Number.parseInt(params.get('page') ?? '1', 10) || 1),
    page_size: 50,
    ...(action && { action }),
    ...(actor && { actor }),
    ...(from && { from: zonedTime(`${from}T00:00`, timeZone) }),
    ...(to && { to: zonedTime(`${dayAfter(to)}T00:00`, timeZone) }),
  }
}

function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** Of an entry's details "name: value" pairs; what is within something else stays as JSON. */
export function detailLines(detail: unknown): string[] {
  if (detail === null || detail === undefined || detail === '') return []
  if (typeof detail !== 'object') return [typeof detail === 'string' ? detail : JSON.stringify(detail)]
  return Object.entries(detail)
    .filter(([, value]) => value !== '' && value !== null)
    .map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`)
}
