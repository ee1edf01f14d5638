/** Why the server did not do what was asked. `message` is for people and `fields` says what is wrong with which field. */
export class ApiError extends Error {
  constructor(
    /** 0: no answer at all. */
    readonly status: number,
    readonly code: string,
    message: string,
    readonly fields: Readonly<Record<string, string>>,
    /** The whole `error` object of the answer, for what only some addresses tell. */
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
    this.name = 'ApiError'
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Of the body {"error": {code, message, fields}}; of anything else, such as a proxy's page, by its status alone. */
export function errorOf(status: number, body: unknown): ApiError {
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {}
  const fields: Record<string, string> = {}
  if (isRecord(error['fields']))
    for (const [name, text] of Object.entries(error['fields'])) if (typeof text === 'string') fields[name] = text
  const code = typeof error['code'] === 'string' ? error['code'] : 'unknown'
  const message = typeof error['message'] === 'string' ? error['message'] : `HTTP ${status}`
  return new ApiError(status, code, message, fields, error)
}
