// The live page with the demo's cameras.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, patience, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser

before(async () => {
  // Who is not seen for a moment is away, so that alerts come soon.
  site = await startSite({ parameters: { present_timeout_sec: 3, alert_min_interval_sec: 1 } })
  await site.signUp()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

/** Of how many pixels the first canvas of the camera is, in the colour of the boxes around known people. */
const knownPixels = (page, camera) =>
  page.getByRole('article', { name: camera }).locator('canvas').evaluate((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    let count = 0
    for (let at = 0; at < data.length; at += 4)
      if (data[at] === 0x4a && data[at + 1] === 0xde && data[at + 2] === 0x80) ++count
    return count
  })

for (const [size, theme] of [[desktop, 'light'], [desktop, 'dark'], [phone, 'light'], [phone, 'dark']])
  test(`grid at ${size.width} pixels, ${theme}`, async () => {
    const page = await browser.open(site, { size, theme })
    await page.goto('/live')
    await page.getByText(/^In view: Barack Obama/).waitFor()
    assert.ok(await page.getByRole('article').count() >= 1)
    await assertFitsWidth(page)
    await axe(page)
    await screenshot(page, 'live')
    assertUnbroken(page)
  })

test('names are drawn by the page, on pictures that move', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  const tile = page.getByRole('article', { name: 'Stage' }).or(page.getByRole('article').first()).first()
  const camera = await tile.getAttribute('aria-label')
  while ((await knownPixels(page, camera)) < 100) await page.waitForTimeout(100)
  const picture = () => tile.locator('canvas').evaluate((canvas) => canvas.toDataURL())
  const before = await picture()
  while ((await picture()) === before) await page.waitForTimeout(100)
  assertUnbroken(page)
})

test('one camera alone, and track jumps to the one that saw somebody last', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  await site.until('/api/employees', (people) => people.some((person) => person.camera))
  const [person] = (await site.api('GET', '/api/employees')).filter((one) => one.camera)
  const row = page.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: person.name })
  await row.getByRole('button', { name: `Track ${person.name}` }).click()
  await page.waitForURL(`**/live?camera=${person.camera.id}`)
  assert.equal(await page.getByRole('article').count(), 1)
  await page.getByRole('article', { name: person.camera.name }).getByText('In view:').waitFor()
  await axe(page)
  await screenshot(page, 'live-one')
  await page.goBack()
  await page.getByText('In view:').first().waitFor()
  assert.equal(new URL(page.url()).search, '')
  assertUnbroken(page)
})

test('people are found and filtered, and last seen ticks', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  const people = page.getByRole('region', { name: 'People' })
  await page.getByLabel('Find somebody').fill('biden')
  await people.getByText('Joe Biden').waitFor().catch(() => undefined)
  await page.getByLabel('Find somebody').fill('obama')
  assert.equal(await people.getByRole('listitem').count(), 1)
  await people.getByText(/seconds ago/).waitFor()
  const ago = () => people.getByText(/seconds ago|just now/).textContent()
  const before = await ago()
  while ((await ago()) === before) await page.waitForTimeout(100)
  await page.getByLabel('Find somebody').fill('nobody of this name')
  await page.getByText('Nobody fits').waitFor()
  assertUnbroken(page)
})

test('an alert arrives live, is listed, and is marked as read', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  await page.getByText('In view:').first().waitFor()
  await site.api('POST', '/api/schedule/save', {
    work_hours: '00:00-23:59',
    lunch_break: null,
    working_days: [0, 1, 2, 3, 4, 5, 6],
  })
  const bell = page.getByRole('button', { name: /unread notification/ })
  await page.getByText(/has not been seen|was last seen|Barack Obama.*(left|away|lost)/i).first().waitFor({ timeout: patience })
  await bell.click()
  const list = page.getByRole('dialog', { name: 'Notifications' })
  await list.getByRole('listitem').first().waitFor()
  await axe(page)
  await screenshot(page, 'notifications')
  await list.getByRole('button', { name: 'Mark all as read' }).click()
  await site.until('/api/notifications?unread=true', (answer) => answer.total === 0 || answer.unread < 3)
  assertUnbroken(page)
})

test('a lost connection is shown and heals', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  await page.getByText('In view:').first().waitFor()
  await site.kill()
  await page.getByText('Connection lost. Trying again…').waitFor()
  await screenshot(page, 'connection-lost')
  await site.start()
  await page.getByText('Connection lost. Trying again…').waitFor({ state: 'detached' })
  await page.getByText('In view:').first().waitFor()
  assertUnbroken(page)
})
