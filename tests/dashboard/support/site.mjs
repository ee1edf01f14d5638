// A hadir of its own for a test: the real program with the demo's cameras in a folder that is thrown away.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const program = process.env.HADIR_BINARY
if (!program) throw new Error('HADIR_BINARY names the program under test')
const build = dirname(program)

export const administrator = { name: 'admin', password: 'a calm dashboard' }

async function unusedPort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** The demo's cameras and people, prepared once for all tests. Without its clips they are made from photos. */
export function demoFolder() {
  const folder = join(build, 'dashboard-demo')
  const done = join(folder, 'prepared')
  if (existsSync(done)) return folder
  const shared = process.env.HADIR_SHARED ?? join(import.meta.dirname, '../../../../shared')
  const env = { ...process.env, HADIR_MODEL_MIRROR: process.env.HADIR_MODEL_MIRROR ?? join(shared, 'faces/people') }
  const made = spawnSync(program, ['demo', '--data', folder], { env, encoding: 'utf8' })
  if (made.status !== 0) throw new Error(`the demo could not be prepared: ${made.stdout}${made.stderr}`)
  writeFileSync(done, made.stdout)
  return folder
}

/**
 * Starts hadir.
 * @param {{demo?: boolean, parameters?: object}} wanted without `demo` there are no cameras and people
 */
export async function startSite({ demo = true, parameters = {} } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'hadir-dashboard-'))
  if (demo) cpSync(demoFolder(), folder, { recursive: true })
  mkdirSync(join(folder, 'config'), { recursive: true })
  writeFileSync(join(folder, 'config/parameter_config.json'), JSON.stringify({ time_zone: 'Asia/Jakarta', ...parameters }))
  const site = new Site(folder, await unusedPort())
  await site.start()
  return site
}

class Site {
  #process
  #log = ''
  #cookie = ''
  #csrf = ''

  constructor(folder, port) {
    this.folder = folder
    this.port = port
    this.url = `http://localhost:${port}`
  }

  async start() {
    const options = ['serve', '--config-dir', this.folder, '--data', this.folder, '--port', String(this.port)]
    this.#process = spawn(program, options, { stdio: ['ignore', 'pipe', 'pipe'] })
    process.once('exit', () => this.#process.kill('SIGKILL'))
    for (const stream of [this.#process.stdout, this.#process.stderr]) stream.on('data', (text) => (this.#log += text))
    while (!(await this.#isReady())) {
      if (this.#process.exitCode !== null) throw new Error(`hadir ended: ${this.#log}`)
      await sleep(100)
    }
  }

  async #isReady() {
    try {
      return (await fetch(`${this.url}/readyz`)).ok && this.setUpLink() !== ''
    } catch {
      return false
    }
  }

  /** The link of the first start, on this port. */
  setUpLink() {
    const secret = /\/setup#(\S+)/.exec(this.#log)?.[1]
    return secret ? `${this.url}/setup#${secret}` : ''
  }

  log() {
    return this.#log
  }

  /** Makes the administrator, signed in for `api` and `cookie`. */
  async signUp() {
    const token = this.setUpLink().split('#')[1]
    await this.#enter('/api/auth/setup', { token, ...administrator })
  }

  async #enter(path, body) {
    const reply = await this.#send('POST', path, body)
    if (!reply.ok) throw new Error(`${path}: ${await reply.text()}`)
    this.#cookie = reply.headers.getSetCookie()[0].split(';')[0]
    this.#csrf = (await reply.json()).csrf_token
  }

  #send(method, path, body) {
    const headers = { origin: this.url, cookie: this.#cookie, 'x-csrf-token': this.#csrf }
    if (body !== undefined) headers['content-type'] = 'application/json'
    return fetch(this.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) })
  }

  /** Asks the API as the administrator: `await site.api('PUT', '/api/cameras/CAM1', {enabled: false})`. */
  async api(method, path, body) {
    const reply = await this.#send(method, path, body)
    const text = await reply.text()
    if (!reply.ok) throw new Error(`${method} ${path}: ${reply.status} ${text}`)
    return text ? JSON.parse(text) : null
  }

  /** The session's cookie for a browser. */
  cookie() {
    const [name, value] = this.#cookie.split('=')
    return { name, value, url: this.url }
  }

  /** The cookie of a session of somebody else's. */
  async cookieOf({ name: user, password }) {
    const headers = { origin: this.url, 'content-type': 'application/json' }
    const reply = await fetch(`${this.url}/api/auth/login`, { method: 'POST', headers, body: JSON.stringify({ name: user, password }) })
    if (!reply.ok) throw new Error(`${user} can't sign in: ${await reply.text()}`)
    const [name, value] = reply.headers.getSetCookie()[0].split(';')[0].split('=')
    return { name, value, url: this.url }
  }

  /** Asks again and again until `accept` says yes to the answer. */
  async until(path, accept, seconds = 60) {
    const end = Date.now() + seconds * 1000
    for (;;) {
      const answer = await this.api('GET', path)
      if (accept(answer)) return answer
      if (Date.now() > end) throw new Error(`${path} never became what was waited for: ${JSON.stringify(answer)}`)
      await sleep(250)
    }
  }

  /** SIGKILL: as a crash. `start` brings it back on the same port. */
  async kill() {
    this.#process.kill('SIGKILL')
    await once(this.#process, 'exit')
  }

  async stop() {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      this.#process.kill()
      await once(this.#process, 'exit')
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Somebody who is on the clip of the demo's first camera, whether it is a film or made from photos. */
export function demoPersonAndClip() {
  const folder = demoFolder()
  const { rtsp_url: clip } = JSON.parse(readFileSync(join(folder, 'camera_configs/CAM1/config.json'), 'utf8'))
  const photos = readdirSync(join(folder, 'face_images/D002'))
  return { name: 'Barack Obama', photo: join(folder, 'face_images/D002', photos[0]), clip: resolve(folder, clip) }
}
