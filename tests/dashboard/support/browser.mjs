// Debian's Chromium, with what all stories need: pages of both widths, screenshots, accessibility.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, extname, join } from 'node:path'
import { chromium } from 'playwright-core'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const screenshots = process.env.HADIR_SCREENSHOTS ?? join(dirname(process.env.HADIR_BINARY), 'screenshots')

/** Everything is slower on a machine that does much else. */
export const patience = 60_000

export const desktop = { width: 1440, height: 900 }
export const phone = { width: 390, height: 844 }

const options = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
]

/** @param {string[]} more further options of Chromium, such as those of a fake webcam */
export async function startBrowser(more = []) {
  const executablePath = process.env.HADIR_CHROMIUM ?? '/usr/bin/chromium'
  const browser = await chromium.launch({ executablePath, args: [...options, ...more] })
  return new Browser(browser)
}

class Browser {
  #browser
  #context

  constructor(browser) {
    this.#browser = browser
  }

  /**
   * A page in a profile of its own; the one before is closed, so that it takes no part of the machine. What breaks in it (exceptions, breaches of the content security policy) makes `check`
   * fail.
   * @param {import('./site.mjs').Site} site
   * @param {{size?: object, theme?: 'light'|'dark', language?: 'en'|'id', signedIn?: boolean, permissions?: string[]}} wanted
   */
  async open(site, { size = desktop, theme = 'light', language = 'en', signedIn = true, permissions = [] } = {}) {
    await this.#context?.close()
    const context = await this.#browser.newContext({
      viewport: size,
      baseURL: site.url,
      locale: language === 'id' ? 'id-ID' : 'en-GB',
      reducedMotion: 'reduce',
      hasTouch: size === phone,
      permissions,
    })
    this.#context = context
    context.setDefaultTimeout(patience)
    await context.addInitScript(
      ([theme, language]) => {
        // Only before the first visit: tests change them, too.
        if (localStorage.getItem('hadir.theme') === null) localStorage.setItem('hadir.theme', theme)
        if (localStorage.getItem('hadir.language') === null) localStorage.setItem('hadir.language', language)
      },
      [theme, language],
    )
    if (process.env.HADIR_PAGE) await showOtherPage(context, site, process.env.HADIR_PAGE)
    if (signedIn) await context.addCookies([site.cookie()])
    const page = await context.newPage()
    if (process.env.HADIR_SLOWER) {
      const session = await context.newCDPSession(page)
      await session.send('Emulation.setCPUThrottlingRate', { rate: Number(process.env.HADIR_SLOWER) })
    }
    const broken = []
    page.on('pageerror', (error) => broken.push(String(error.stack ?? error)))
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) broken.push(message.text())
    })
    page.check_ = () => assert.deepEqual(broken, [], 'the page broke')
    page.theme_ = theme
    return page
  }

  /** CPU seconds and resident MiB of Chromium's processes so far: {renderer: {cpu, mebibytes}, GPU: …, browser: …}. */
  async processes() {
    const session = await this.#browser.newBrowserCDPSession()
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    await session.detach()
    const found = {}
    for (const { type, id, cpuTime } of processInfo) {
      const pages = Number(readFileSync(`/proc/${id}/statm`, 'utf8').split(' ')[1])
      found[type] ??= { cpu: 0, mebibytes: 0 }
      found[type].cpu += cpuTime
      found[type].mebibytes += pages / 256
    }
    return found
  }

  async close() {
    await this.#browser.close()
  }
}

/** The page in this folder, which Vite built, in place of the program's: to try a page without building the program. */
async function showOtherPage(context, site, folder) {
  const policy = (await fetch(site.url)).headers.get('content-security-policy')
  const ofServer = /^\/(api|socket\.io|healthz|readyz|metrics)(\/|$)/
  await context.route(
    (url) => url.origin === site.url && !ofServer.test(url.pathname),
    async (route) => {
      const file = join(folder, new URL(route.request().url()).pathname)
      const path = extname(file) && existsSync(file) ? file : join(folder, 'index.html')
      await route.fulfill({ path, headers: { 'content-security-policy': policy } })
    },
  )
}

/** Waits until the element has the focus: menus move it a little after the key that asks for it. */
export const untilFocused = (element) => element.and(element.page().locator(':focus')).waitFor()

/** Fails when anything broke in the page since it was opened. */
export const assertUnbroken = (page) => page.check_()

/** build/screenshots/NAME-1440.png, NAME-390.png, NAME-1440-dark.png. */
export async function screenshot(page, name, options = {}) {
  mkdirSync(screenshots, { recursive: true })
  const theme = page.theme_ === 'dark' ? '-dark' : ''
  const path = join(screenshots, `${name}-${page.viewportSize().width}${theme}.png`)
  await page.screenshot({ path, animations: 'disabled', ...options })
}

/** Fails on violations that axe calls serious or critical, saying which and where. */
export async function axe(page) {
  await page.evaluate(axeSource)
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  )
  const grave = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.html}\n  ${node.failureSummary}`).join('\n')}`)
  assert.deepEqual(grave, [], `at ${page.url()}`)
}

/** Nothing stands out to the side: a phone's page scrolls down alone. */
export async function assertFitsWidth(page) {
  const { wide, visible } = await page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    visible: document.documentElement.clientWidth,
  }))
  assert.ok(wide <= visible, `${page.url()} is ${wide} pixels wide on ${visible}`)
}
