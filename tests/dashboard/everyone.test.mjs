// What every page shares: languages, themes, the keyboard, a phone, signing in and out.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { administrator, startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, phone, screenshot, startBrowser, untilFocused } from './support/browser.mjs'

let site
let browser

before(async () => {
  site = await startSite()
  await site.signUp()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

test('every page in both languages, wide and on a phone', async () => {
  for (const language of ['en', 'id'])
    for (const size of [undefined, phone]) {
      const page = await browser.open(site, { language, ...(size && { size }) })
      await page.goto('/')
      await page.locator('h1').waitFor()
      const paths = await pagesOf(page)
      assert.ok(paths.includes('/live'))
      for (const path of paths) {
        await page.goto(path)
        await page.locator('h1').waitFor()
        assert.equal(await page.evaluate(() => document.documentElement.lang), language)
        assert.match(await page.title(), / · hadir$/)
        await assertFitsWidth(page)
        await axe(page)
        await screenshot(page, `page${path.replaceAll('/', '-')}-${language}`)
      }
      assertUnbroken(page)
    }
})

/** The pages of the navigation; on a phone some stand behind "More". */
async function pagesOf(page) {
  const more = page.getByRole('navigation').getByRole('button', { name: /^(More|Lainnya)$/ })
  const hrefs = () => page.locator('nav a:visible').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  const first = await hrefs()
  if (!(await more.isVisible())) return first
  await more.click()
  const all = await hrefs()
  await page.keyboard.press('Escape')
  return [...new Set([...first, ...all])]
}

test('the first screen is at most 300 kB, compressed', async (context) => {
  const page = await browser.open(site)
  await page.goto('/live')
  await page.getByRole('heading', { name: 'Live', level: 1 }).waitFor()
  await page.waitForFunction(() => document.fonts.check("16px 'Inter Variable'"))
  const bytes = await page.evaluate(() =>
    [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
      .filter(({ name }) => !new URL(name).pathname.startsWith('/api/'))
      .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
  )
  context.diagnostic(`${bytes} bytes`)
  assert.ok(bytes > 50_000 && bytes <= 300_000, `${bytes} bytes`)
})

test('language and theme are chosen in the menu and kept', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitemradio', { name: 'Bahasa Indonesia' }).click()
  await page.getByRole('heading', { name: 'Langsung', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Akun' }).click()
  await page.getByRole('menuitemradio', { name: 'Gelap' }).click()
  await page.reload()
  await page.getByRole('heading', { name: 'Langsung', level: 1 }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.classList.contains('dark')), true)
  assertUnbroken(page)
})

test('by the keyboard alone: sign in, go about, ask for one camera, sign out', async () => {
  const page = await browser.open(site, { signedIn: false })
  const { keyboard } = page
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? '')
  const tabTo = async (wanted) => {
    for (let presses = 0; presses < 80; ++presses) {
      await keyboard.press('Tab')
      if (wanted.test((await focused()).trim())) return
    }
    assert.fail(`${wanted} can't be reached by Tab`)
  }
  await page.goto('/')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await keyboard.press('Tab')
  await keyboard.type(administrator.name)
  await keyboard.press('Tab')
  await keyboard.type(administrator.password)
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Live', level: 1 }).waitFor()

  await page.evaluate(() => document.activeElement?.blur())
  await keyboard.press('Tab')
  assert.equal(await focused(), 'Skip to the content')
  await keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement?.id), 'content')

  await tabTo(/^Show .* alone$/)
  await keyboard.press('Enter')
  await page.waitForURL('**/live?camera=*')

  await page.goto('/live')
  await page.getByRole('button', { name: 'Notifications' }).waitFor()
  await tabTo(/^Notifications$/)
  await keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Notifications' }).waitFor()
  await keyboard.press('Escape')
  // Focus goes back to what opened it, when the dialog is gone.
  await page.waitForFunction(() => document.activeElement?.getAttribute('aria-label')?.startsWith('Notifications'))

  await tabTo(/^Account$/)
  await keyboard.press('Enter')
  await page.getByRole('menu').waitFor()
  await axe(page)
  await screenshot(page, 'account-menu')
  await keyboard.press('End')
  await untilFocused(page.getByRole('menuitem', { name: 'Sign out' }))
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  assertUnbroken(page)
})

test('the password is changed, and the old one is good no more', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Change password' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change password' })
  await dialog.getByLabel('Present password').fill('not the password')
  await dialog.getByLabel('New password').fill('another calm password')
  await dialog.getByLabel('Password again').fill('another calm password')
  await axe(page)
  await screenshot(page, 'change-password')
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await dialog.locator('[aria-invalid]').first().waitFor()
  await dialog.getByLabel('Present password').fill(administrator.password)
  await dialog.getByRole('button', { name: 'Change password' }).click()
  await page.getByText('Password changed').first().waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Live', level: 1 }).waitFor()
  const { status } = await fetch(`${site.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: site.url },
    body: JSON.stringify(administrator),
  })
  assert.equal(status, 401)
  assertUnbroken(page)
})
