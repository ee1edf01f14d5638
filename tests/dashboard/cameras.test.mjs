// The cameras page: adding, testing, changing and deleting.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { demoPersonAndClip, startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, phone, screenshot, startBrowser } from './support/browser.mjs'

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

const cardOf = (page, name) => page.getByRole('list', { name: 'Cameras' }).getByRole('listitem').filter({ hasText: name })

test('a camera is added from a film, tested, switched off and deleted', async () => {
  const page = await browser.open(site)
  await page.goto('/cameras')
  await page.getByText('No cameras yet').waitFor()
  await page.getByRole('button', { name: 'Add camera' }).first().click()
  const form = page.getByRole('dialog', { name: 'New camera' })
  await form.getByLabel('Name').fill('Stage')
  await form.getByLabel('Location').fill('Hall')
  await form.getByLabel('Address').fill(demoPersonAndClip().clip)
  await form.getByText('More options').click()
  await form.getByLabel('Start a video file again at its end').selectOption('Yes')
  await form.getByRole('button', { name: 'Test the connection' }).click()
  await form.getByText('It works.').waitFor()
  const still = form.getByRole('img', { name: 'The picture that the test got' })
  assert.ok((await still.evaluate((image) => image.decode().then(() => image.naturalWidth))) > 100)
  assert.deepEqual(await site.api('GET', '/api/cameras'), [], 'a test changes nothing')
  await axe(page)
  await form.getByRole('button', { name: 'Add camera' }).click()
  await form.waitFor({ state: 'detached' })

  const [added] = await site.until('/api/cameras', ([camera]) => camera?.status === 'ONLINE')
  assert.deepEqual([added.id, added.name, added.location, added.enabled], ['CAM1', 'Stage', 'Hall', true])
  assert.deepEqual((await site.api('GET', '/api/cameras/CAM1')).overrides, { loop: true })
  const card = cardOf(page, 'Stage')
  await card.getByText('Online').waitFor()
  await card.getByRole('img', { name: 'Latest picture of Stage' }).waitFor()
  await axe(page)
  await screenshot(page, 'cameras')

  await card.getByRole('button', { name: 'Test Stage' }).click()
  await page.getByRole('dialog', { name: 'Test of Stage' }).getByText('It works.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()

  await card.getByRole('switch', { name: 'On' }).click()
  await card.getByText('Switched off').waitFor()
  await site.until('/api/cameras', ([camera]) => !camera.enabled)

  await card.getByRole('button', { name: 'More for Stage' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  const confirm = page.getByRole('dialog', { name: 'Delete Stage?' })
  await confirm.getByText('What it saw stays').waitFor()
  await confirm.getByRole('button', { name: 'Delete' }).click()
  await page.getByText('No cameras yet').waitFor()
  assert.deepEqual(await site.api('GET', '/api/cameras'), [])
  assertUnbroken(page)
})

test('a wrong address says what is wrong, at its field or by the test', async () => {
  const page = await browser.open(site)
  await page.goto('/cameras?add')
  const form = page.getByRole('dialog', { name: 'New camera' })
  const address = form.getByLabel('Address')
  await address.fill('gopher://10.0.0.9/1')
  await form.getByRole('button', { name: 'Add camera' }).click()
  await form.getByText('only rtsp, rtsps, http and https').waitFor()
  assert.equal(await address.getAttribute('aria-invalid'), 'true')
  assert.equal(await address.inputValue(), 'gopher://10.0.0.9/1', 'what was typed stays')
  // Nobody listens on this port.
  await address.fill('rtsp://127.0.0.1:9/stream')
  await form.getByRole('button', { name: 'Test the connection' }).click()
  await form.getByText(/^No picture: .*[Cc]onnection refused/).waitFor()
  await form.getByText('More options').click()
  await form.getByLabel('Looked at').fill('fast')
  await form.getByRole('button', { name: 'Add camera' }).click()
  await form.locator('[aria-invalid=true]').waitFor()
  assert.equal(await form.getByLabel('Looked at').getAttribute('aria-invalid'), 'true')
  assert.deepEqual(await site.api('GET', '/api/cameras'), [])
  assertUnbroken(page)
})

test('a password is never shown, and kept where the address is left empty', async () => {
  const url = 'rtsp://guard:hunter2@127.0.0.1:9/stream'
  const { id } = await site.api('POST', '/api/cameras', { name: 'Gate', rtsp_url: url, enabled: false })
  const page = await browser.open(site, { size: phone, theme: 'dark' })
  await page.goto('/cameras')
  await cardOf(page, 'Gate').getByRole('button', { name: 'Edit Gate' }).click()
  const form = page.getByRole('dialog', { name: 'Camera Gate' })
  await form.getByText('Now rtsp://***@127.0.0.1:9/stream').waitFor()
  assert.ok(!(await page.content()).includes('hunter2'))
  assert.equal(await form.getByLabel('Address').inputValue(), '')
  await form.getByLabel('Name').fill('North gate')
  await axe(page)
  await screenshot(page, 'camera-edit')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.waitFor({ state: 'detached' })
  await cardOf(page, 'North gate').waitFor()
  await assertFitsWidth(page)
  await axe(page)
  await screenshot(page, 'cameras')
  const file = readFileSync(join(site.folder, 'camera_configs', id, 'config.json'), 'utf8')
  assert.equal(JSON.parse(file).rtsp_url, url)
  await site.api('DELETE', `/api/cameras/${id}`)
  assertUnbroken(page)
})
