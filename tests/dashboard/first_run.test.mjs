// From the set-up link to the first person that a camera recognises, all in the browser.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { administrator, demoPersonAndClip, startSite } from './support/site.mjs'
import { assertUnbroken, axe, patience, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser

before(async () => {
  // The clip of the demo is short: it begins again at its end, as a camera goes on.
  site = await startSite({ demo: false, parameters: { loop: true, time_zone: '' } })
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

test('first run to first recognised person', async () => {
  const { name, photo, clip } = demoPersonAndClip()
  const page = await browser.open(site, { signedIn: false })

  await page.goto(site.setUpLink())
  await page.getByRole('heading', { name: 'Welcome to hadir' }).waitFor()
  await axe(page)
  await screenshot(page, 'set-up')
  await page.getByLabel('Name', { exact: true }).fill(administrator.name)
  await page.getByLabel('Password', { exact: true }).fill(administrator.password)
  await page.getByLabel('Password again').fill('something else entirely')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByText('The two passwords differ.').waitFor()
  await page.getByLabel('Password again').fill(administrator.password)
  await page.getByRole('button', { name: 'Begin' }).click()

  await page.getByRole('heading', { name: 'First steps' }).waitFor()
  assert.equal(new URL(page.url()).pathname + new URL(page.url()).hash, '/welcome', 'the secret left the address')
  await axe(page)
  await screenshot(page, 'first-steps')
  await page.getByLabel('Name of the site').fill('Kantor Pusat')
  await page.getByLabel('Time zone of the site').selectOption('Asia/Jakarta')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Site saved').first().waitFor()
  await page.getByRole('complementary').getByText('Kantor Pusat').waitFor()

  await page.getByRole('textbox', { name: 'Address' }).fill('rtsp://127.0.0.1:9/nothing')
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByText('No picture').waitFor()
  await page.getByRole('textbox', { name: 'Address' }).fill(clip)
  await page.getByRole('textbox', { name: 'Name' }).fill('Stage')
  await page.getByRole('button', { name: 'Test' }).click()
  await page.getByRole('img', { name: 'What the camera sees' }).waitFor()
  await axe(page)
  await screenshot(page, 'first-camera', { fullPage: true })
  await page.getByRole('button', { name: 'Add camera' }).click()

  await page.getByLabel('Photos of the face').waitFor()
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('button', { name: 'Add person' }).click()
  await page.getByText('Choose at least one photo').waitFor()
  await page.getByLabel('Photos of the face').setInputFiles(photo)
  await page.getByRole('button', { name: 'Add person' }).click()

  await page.getByRole('link', { name: 'Go to the live page' }).click()
  const row = page.getByRole('region', { name: 'People' }).getByRole('listitem').filter({ hasText: name })
  await row.getByText('Available').waitFor({ timeout: patience })
  await page.getByText(`In view: ${name}`).waitFor()
  assert.equal(await page.getByText('hadir is nearly ready').count(), 0, 'the guide is done')
  await screenshot(page, 'first-recognised')
  const { params } = await page.evaluate(async () => (await fetch('/api/config/params')).json())
  assert.equal(params.time_zone, 'Asia/Jakarta')
  assert.equal(params.site_name, 'Kantor Pusat')
  assertUnbroken(page)
})

test('the link is good once', async () => {
  const page = await browser.open(site, { signedIn: false })
  await page.goto(site.setUpLink())
  await page.getByLabel('Password', { exact: true }).fill(administrator.password)
  await page.getByLabel('Password again').fill(administrator.password)
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('alert').getByText('This link was used already').waitFor()
  await page.getByRole('button', { name: 'Go to the sign-in' }).click()
  await page.getByLabel('Name').fill(administrator.name)
  await page.getByLabel('Password', { exact: true }).fill('not the password')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText('That name and password do not belong together.').waitFor()
  await axe(page)
  await screenshot(page, 'sign-in')
  await page.getByLabel('Password', { exact: true }).fill(administrator.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Live' }).waitFor()
  assertUnbroken(page)
})
