// The schedule page: hours, versions, mode and pause.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser

before(async () => {
  site = await startSite({ demo: false })
  await site.signUp()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

test('changed hours are a new version, with who made it', async () => {
  const page = await browser.open(site)
  await page.goto('/schedule')
  const before = await site.api('GET', '/api/schedule/versions')
  assert.ok(await page.getByRole('button', { name: 'Save as a new version' }).isDisabled(), 'nothing was changed yet')
  await page.getByLabel('Work from').fill('07:30')
  await page.getByLabel('Work until').fill('16:00')
  await page.getByRole('checkbox', { name: 'Sat' }).check()
  await page.getByLabel('Grace').fill('20')
  await page.getByLabel('Reason').fill('summer hours')
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  const row = page.getByRole('row').filter({ hasText: 'in force' })
  await row.getByText('07:30-16:00 · Mon–Sat · grace 20 min').waitFor()
  assert.match(await row.innerText(), /summer hours/)
  assert.match(await row.innerText(), /admin/)
  const [newest, ...older] = await site.api('GET', '/api/schedule/versions')
  assert.equal(older.length, before.length)
  assert.deepEqual(
    [newest.work_hours, newest.working_days, newest.grace_minutes, newest.lunch_break, newest.changed_by],
    ['07:30-16:00', [0, 1, 2, 3, 4, 5], 20, '12:00-13:00', 'admin'],
  )
  assertUnbroken(page)
})

test('hours that begin later are to come, and hold nothing yet', async () => {
  const page = await browser.open(site)
  await page.goto('/schedule')
  const { id } = await site.api('GET', '/api/schedule/state')
  await page.getByRole('switch', { name: 'Lunch break' }).click()
  await page.getByLabel('Valid from', { exact: true }).selectOption('Later')
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await page.getByRole('row').filter({ hasText: 'to come' }).getByText('no lunch break').waitFor()
  const [newest] = await site.api('GET', '/api/schedule/versions')
  assert.equal(newest.lunch_break, null)
  assert.match(newest.valid_from, /T00:00:00.000\+07:00$/, 'the next midnight of the site')
  assert.equal((await site.api('GET', '/api/schedule/state')).id, id)
  assertUnbroken(page)
})

test('what is wrong is said at the field', async () => {
  const page = await browser.open(site)
  await page.goto('/schedule')
  await page.getByLabel('Grace').fill('2000')
  await page.getByRole('button', { name: 'Save as a new version' }).click()
  await page.locator('[aria-invalid=true]').waitFor()
  assert.equal(await page.getByLabel('Grace').getAttribute('aria-invalid'), 'true')
  await page.getByRole('button', { name: 'As it is now' }).click()
  assert.equal(await page.getByLabel('Grace').inputValue(), '20')
  assertUnbroken(page)
})

for (const [size, theme] of [[desktop, 'light'], [phone, 'dark']])
  test(`paused, and resumed, at ${size.width} pixels`, async () => {
    const page = await browser.open(site, { size, theme })
    await page.goto('/schedule')
    await page.getByRole('button', { name: 'Pause' }).click()
    const dialog = page.getByRole('dialog', { name: 'Pause' })
    await dialog.getByLabel('1 hour').check()
    await dialog.getByLabel('Reason').fill('fire drill')
    await axe(page)
    const asked = Date.now()
    await dialog.getByRole('button', { name: 'Pause' }).click()
    await page.getByText(/^Paused until .* by admin\./).waitFor()
    const paused = await site.api('GET', '/api/schedule/state')
    assert.equal(paused.is_paused, true)
    assert.equal(paused.remarks, 'fire drill')
    assert.ok(Date.parse(paused.pause_until) >= asked + 3_600_000)
    await axe(page)
    await assertFitsWidth(page)
    await screenshot(page, 'schedule', { fullPage: true })
    await page.getByRole('button', { name: 'Resume' }).click()
    await page.getByRole('button', { name: 'Pause' }).waitFor()
    assert.equal((await site.api('GET', '/api/schedule/state')).is_paused, false)
    assertUnbroken(page)
  })

test('by hand, and by the hours again; somebody else’s change shows by itself', async () => {
  const page = await browser.open(site)
  await page.goto('/schedule')
  await page.getByLabel('I do: watch').check()
  await page.getByText('The mode is manual: absences are watched at any hour.').waitFor()
  const manual = await site.api('GET', '/api/schedule/state')
  assert.deepEqual([manual.mode, manual.tracking_active], ['MANUAL', true])
  await site.api('POST', '/api/schedule/mode', { mode: 'AUTO' })
  await page.getByText(/^It is (within|outside) the work hours|^It is the lunch break/).waitFor()
  const uptime = page.locator('dd').first()
  const shown = await uptime.innerText()
  await page.waitForFunction(([first, was]) => first.innerText !== was, [await uptime.elementHandle(), shown])
  assertUnbroken(page)
})
