import createClient, { type Middleware } from 'openapi-fetch'
import type { paths } from './schema.d.ts'
import { ApiError, errorOf } from './error.ts'

let csrfToken = ''
let whenSignedOut: () => void = () => undefined

/** The token shows the server that a request that changes something comes from this page. */
export function setCsrfToken(token: string): void {
  csrfToken = token
}

/** Called when the server says that nobody is signed in any more. */
export function onSignedOut(callback: () => void): void {
  whenSignedOut = callback
}

const gate: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('x-csrf-token', csrfToken)
    return request
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.startsWith('/api/auth/')) whenSignedOut()
    return response
  },
  onError({ error }) {
    return new ApiError(0, 'unreachable', error instanceof Error ? error.message : '', {})
  },
}

/** Typed by docs/api.yaml: `answerOf(api.GET('/api/cameras'))`. */
export const api = createClient<paths, 'application/json'>({
  baseUrl: location.origin,
  cache: 'no-store',
  // Lists as the specification has them: status=LATE,ABSENT
  querySerializer: { array: { style: 'form', explode: false } },
})
api.use(gate)

/** The body of a good answer; an ApiError is thrown for any other. */
export async function answerOf<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked
  if (!response.ok) throw errorOf(response.status, error)
  return data as T
}

/** The same for what openapi-fetch can't send, such as files: POST of a form, with progress from 0 to 1. */
export function upload(path: string, body: FormData, onProgress: (part: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', path)
    request.setRequestHeader('x-csrf-token', csrfToken)
    request.responseType = 'json'
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onerror = () => reject(new ApiError(0, 'unreachable', '', {}))
    request.onload = () => {
      if (request.status === 401) whenSignedOut()
      if (request.status >= 200 && request.status < 300) resolve(request.response)
      else reject(errorOf(request.status, request.response))
    }
    request.send(body)
  })
}
