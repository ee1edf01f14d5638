// The guide's first person, who sits before the webcam.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startSite } from './support/site.mjs'
import { assertUnbroken, axe, screenshot, startBrowser } from './support/browser.mjs'
import { fakeWebcam, withoutFaces } from './support/webcam.mjs'

let folder
let site
let browser

before(async () => {
  if (withoutFaces) return
  folder = mkdtempSync(join(tmpdir(), 'hadir-webcam-'))
  site = await startSite({ demo: false })
  await site.signUp()
  browser = await startBrowser(fakeWebcam(folder))
})
after(async () => {
  await browser?.close()
  await site?.stop()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

test('the first person sits before the webcam', { skip: withoutFaces }, async () => {
  const page = await browser.open(site)
  await page.goto('/welcome')
  await page.getByRole('button', { name: 'First person' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Wati Webcam')
  await page.getByRole('radio', { name: 'By webcam, now' }).check()
  await axe(page)
  await screenshot(page, 'first-person', { fullPage: true })
  await page.getByRole('button', { name: 'To the webcam' }).click()
  const enrol = page.getByRole('dialog', { name: 'Enrol the face of Wati Webcam' })
  await enrol.getByText('Look straight into the webcam').first().waitFor()
  // Thought better of: the person is there, and is not added twice.
  await enrol.getByRole('button', { name: 'Done' }).click()
  await page.getByText('Wati Webcam was added, but has no face yet').waitFor()
  await page.getByRole('button', { name: 'To the webcam' }).click()
  await enrol.getByRole('img', { name: 'The picture taken: Front' }).waitFor()
  await enrol.getByRole('button', { name: 'Skip this side' }).click()
  await enrol.getByRole('button', { name: 'Skip this side' }).click()
  await enrol.getByRole('button', { name: 'Save 1 picture' }).click()
  await enrol.getByText('1 face of Wati Webcam was enrolled').waitFor()
  await enrol.getByRole('button', { name: 'Done' }).click()
  await enrol.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /First person/ }).getByText('done').waitFor()
  const found = await site.api('GET', '/api/employees?q=Wati')
  assert.deepEqual(found.map(({ name, templates }) => [name, templates]), [['Wati Webcam', 1]])
  assertUnbroken(page)
})
