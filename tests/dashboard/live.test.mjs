// The live page with the demo's cameras.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, phone, screenshot, startBrowser } from './support/browser.mjs'

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

/** Waits until the first camera's canvas has so many pixels in the colour of the boxes around known people. */
const knownPixels = (page, atLeast) =>
  page.waitForFunction(
    (atLeast) => {
      const canvas = document.querySelector('article canvas')
      if (!canvas?.width) return false
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      let count = 0
      for (let at = 0; at < data.length; at += 4)
        if (data[at] === 0x4a && data[at + 1] === 0xde && data[at + 2] === 0x80) ++count
      return count >= atLeast
    },
    atLeast,
    { polling: 200 },
  )

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
  await knownPixels(page, 100)
  const before = await page.locator('article canvas').first().evaluate((canvas) => canvas.toDataURL())
  await page.waitForFunction((before) => document.querySelector('article canvas').toDataURL() !== before, before)
  assertUnbroken(page)
})

test('one camera alone, and track jumps to the one that saw somebody last', async () => {
  const page = await browser.open(site)
  await page.goto('/live')
  await site.until('/api/employees', (people) => people.some((person) => person.camera))
  const seen = async () => (await site.api('GET', '/api/employees')).filter((one) => one.camera)
  const [person] = await seen()
  const row = page.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: person.name })
  await row.getByRole('button', { name: `Track ${person.name}` }).click()
  await page.waitForURL('**/live?camera=*')
  // Meanwhile they may have walked on to the next camera.
  const chosen = new URL(page.url()).searchParams.get('camera')
  const now = (await seen()).find((one) => one.id === person.id)
  const camera = [person.camera, now.camera].find(({ id }) => id === chosen)
  assert.ok(camera, `${chosen} is neither ${person.camera.id} nor ${now.camera.id}`)
  await page.waitForFunction(() => document.querySelectorAll('article').length === 1)
  await page.getByRole('article', { name: camera.name }).getByText(/In view:|Nobody in view/).waitFor()
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
  await page.getByLabel('Find somebody').fill('obama')
  assert.equal(await people.getByRole('listitem').count(), 1)
  await people.getByText(/seconds ago/).waitFor()
  const before = await people.getByRole('listitem').textContent()
  await page.waitForFunction((before) => document.querySelector('[role=region] li').textContent !== before, before)
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
  // The demo's cameras have other names where its clips can't be had.
  const names = (await site.api('GET', '/api/cameras')).map(({ name }) => name)
  const lost = new RegExp(`was last seen on (${names.join('|')}) at`)
  await page.getByRole('status').getByText(lost).first().waitFor()
  await page.getByRole('button', { name: /unread notification/ }).click()
  const list = page.getByRole('dialog', { name: 'Notifications' })
  await list.getByText(lost).first().waitFor()
  await axe(page)
  await screenshot(page, 'notifications')
  const { notifications } = await site.api('GET', '/api/notifications?unread=true')
  await list.getByRole('button', { name: 'Mark all as read' }).click()
  const isRead = ({ id }) => id === notifications[0].id
  await site.until('/api/notifications', (answer) => answer.notifications.find(isRead)?.is_read)
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
