// People who may little: they see what they may, nothing they press is refused, and other addresses say so.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser
let today

const people = {
  viewer: { name: 'vera', roles: ['viewer'], password: 'a view of everything' },
  operator: { name: 'oki', roles: ['operator'], password: 'operates the gate' },
  hr: { name: 'hana', roles: ['hr'], password: 'people and their days' },
  self: { name: 'siti', roles: ['self'], password: 'comes at eight o’clock' },
}

const every = ['/live', '/people', '/attendance', '/review', '/alerts', '/cameras', '/schedule', '/my-days', '/settings']
const parts = ['parameters', 'users', 'roles', 'keys', 'backups', 'audit'].map((part) => `/settings/${part}`)

before(async () => {
  site = await startSite({ demo: false })
  await site.signUp()
  await site.api('POST', '/api/cameras', { name: 'Gate', rtsp_url: 'rtsp://127.0.0.1:9/stream', enabled: false })
  await site.api('POST', '/api/employees', { name: 'Budi Santoso', employee_id: 'D001', department: 'Plant' })
  await site.api('POST', '/api/employees', { name: 'Siti Rahayu', employee_id: 'D002', department: 'Office' })
  today = (await site.api('GET', '/api/report/attendance')).to
  for (const code of ['D001', 'D002'])
    await site.api('PUT', `/api/attendance/${code}/${today}`, { status: 'PRESENT', reason: 'was at the fair' })
  people.self.person_id = (await site.api('GET', '/api/employees/D002')).id
  for (const user of Object.values(people)) await site.api('POST', '/api/users', user)
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

/** A page of that user, and what the server refused it so far. */
async function openAs(role, options = {}) {
  const page = await browser.open(site, { signedIn: false, ...options })
  await page.context().addCookies([await site.cookieOf(people[role])])
  const refused = []
  page.on('response', (response) => {
    if (response.status() === 403) refused.push(`${response.request().method()} ${new URL(response.url()).pathname}`)
  })
  return { page, refused }
}

/** The addresses in the navigation. */
const offered = (page) => page.locator('nav a:visible').evaluateAll((links) => links.map((link) => link.getAttribute('href')))

/** Presses each button of the page once, whatever dialogs and menus come up meanwhile. */
async function pressEverything(page) {
  // A picture that fills the screen lies over all else.
  const names = ':not([aria-label="Full screen"]):not(:disabled):not(dialog *)'
  const buttons = await page.locator(`main button:visible${names}`).elementHandles()
  for (const button of buttons) {
    await button.evaluate(async (node) => {
      node.click()
      const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)))
      for (let times = 0; times < 3; ++times) await drawn()
    })
    await page.keyboard.press('Escape')
  }
  // What was asked before this was asked is answered by now, too.
  await page.evaluate(async () => (await fetch('/api/auth/session')).text())
}

async function visit(page, path) {
  await page.goto(path)
  await page.locator('h1').waitFor({ state: 'attached' })
  await page.waitForFunction(
    () => ![...document.querySelectorAll('[role=status]')].some((element) => element.textContent.includes('Loading')),
  )
}

async function assertForbidden(page, path) {
  await visit(page, path)
  await page.getByRole('heading', { name: 'You may not see this page' }).waitFor({ state: 'attached' })
  await page.getByText('Your account has no permission for it').waitFor()
  assert.equal(await page.getByRole('link', { name: 'To the first page' }).count(), 1)
}

const mayNot = {
  viewer: /^(Add|Edit|Delete|Enrol|Import|Correct|Approve|Withdraw|Pause|Resume|Save|Test|Reset|Restart|Shut)/,
  hr: /^(Add camera|Pause|Resume|Save as|Test|Reset|Restart|Shut)/,
  operator: /^(Add person|Enrol|Import people|Correct|Approve|Withdraw|Reset logs|Shut)/,
}

const withoutOwnDays = every.filter((path) => path !== '/my-days')
const theirs = {
  viewer: withoutOwnDays.filter((path) => path !== '/review'),
  operator: withoutOwnDays.filter((path) => path !== '/review'),
  hr: withoutOwnDays.filter((path) => path !== '/cameras'),
}

for (const role of ['viewer', 'operator', 'hr'])
  test(`the ${role} meets nothing that is refused`, async () => {
    const { page, refused } = await openAs(role)
    await visit(page, '/')
    const pages = await offered(page)
    assert.deepEqual(pages, theirs[role])
    const views = ['/attendance?view=charts', '/attendance?view=leave', '/settings/sessions', '/settings/system']
    const dialogs = ['/people/D001', `/attendance?who=D001&day=${today}`, '/people?add=1', '/people?import=1']
    const others = withoutOwnDays.filter((path) => !theirs[role].includes(path))
    for (const path of [...pages, ...views, ...dialogs]) {
      await visit(page, path)
      await axe(page)
      const buttons = await page.locator('main').getByRole('button').allInnerTexts()
      assert.deepEqual(buttons.filter((name) => mayNot[role].test(name)), [], path)
      if (!dialogs.includes(path)) await pressEverything(page)
      assert.deepEqual(refused, [], path)
    }
    for (const path of [...others, '/welcome', ...parts]) await assertForbidden(page, path)
    await visit(page, '/my-days')
    await page.getByText('This account belongs to no person yet').waitFor()
    assert.deepEqual(refused, [])
    assertUnbroken(page)
  })

test('an employee sees their own days and no others', async () => {
  for (const size of [undefined, phone]) {
    const { page, refused } = await openAs('self', size && { size })
    await visit(page, '/')
    await page.getByRole('heading', { name: 'My days' }).waitFor()
    await page.getByText('was at the fair').or(page.getByText('By hand')).first().waitFor()
    await page.getByText('Present').first().waitFor()
    assert.deepEqual(await offered(page), ['/my-days', '/settings'])
    await axe(page)
    await assertFitsWidth(page)
    await screenshot(page, 'my-days')
    await pressEverything(page)
    for (const path of ['/settings', '/settings/system']) {
      await visit(page, path)
      await axe(page)
      await pressEverything(page)
    }
    const others = every.filter((path) => path !== '/my-days' && path !== '/settings')
    for (const path of [...others, '/people/D001', '/welcome', ...parts]) await assertForbidden(page, path)
    await axe(page)
    await screenshot(page, 'forbidden')
    assert.deepEqual(refused, [])
    assert.ok(!(await page.content()).includes('Budi Santoso'))
    assertUnbroken(page)
  }
})

test('an account that belongs to nobody is told so', async () => {
  await site.api('POST', '/api/users', { name: 'nobody', roles: ['self'], password: 'belongs to no person' })
  people.nobody = { name: 'nobody', password: 'belongs to no person' }
  const { page, refused } = await openAs('nobody', { language: 'id' })
  await page.goto('/')
  await page.getByRole('heading', { name: 'Hari saya' }).waitFor()
  await page.getByText('Akun ini belum terhubung ke orang mana pun').waitFor()
  await page.goto('/cameras')
  await page.getByText('Anda tidak berhak melihat halaman ini').last().waitFor()
  await axe(page)
  assert.deepEqual(refused, [])
  assertUnbroken(page)
})
