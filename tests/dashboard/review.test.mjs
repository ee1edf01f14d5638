// The review queue: uncertain check-ins are decided one after the other.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { siteDay, writeJournal } from './support/journal.mjs'
import { drawPortraits } from './support/portraits.mjs'
import { startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser
let folder
const day = siteDay(1)

before(async () => {
  site = await startSite({ demo: false })
  await site.signUp()
  for (const [employee_id, name] of [['R3', 'Citra Dewi'], ['R2', 'Bima Wijaya'], ['R1', 'Ayu Lestari']])
    await site.api('POST', '/api/employees', { employee_id, name, department: 'Office' })
  browser = await startBrowser()
  await drawPeople()
  const unsure = (person, clock, picture) => ({ person, day, clock, confidence: 0.65, picture: join(folder, picture) })
  await writeJournal(site, [
    unsure('R1', '08:03', 'ayu-gate.jpg'),
    unsure('R1', '17:02', 'ayu-gate.jpg'),
    unsure('R2', '07:59', 'bima-gate.jpg'),
    unsure('R3', '07:57', 'citra-gate.jpg'),
  ])
})
after(async () => {
  await browser?.close()
  await site?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** What the camera at the gate saw of them, in bad light and from the side; Ayu is enrolled, too. */
async function drawPeople() {
  folder = mkdtempSync(join(tmpdir(), 'hadir-review-'))
  const page = await browser.open(site)
  const file = (name) => join(folder, `${name}.jpg`)
  await drawPortraits(page, [
    { who: 0, file: file('ayu') },
    { who: 0, file: file('ayu-gate'), turn: 0.8, light: 0.7 },
    { who: 1, file: file('bima-gate'), turn: -0.6, light: 0.8 },
    { who: 2, file: file('citra-gate'), turn: 0.4, light: 0.75 },
  ])
  const photos = [{ pose: 'front', image: readFileSync(file('ayu')).toString('base64') }]
  await site.api('POST', '/api/employees/R1/face_templates', { photos })
}

const dayOf = (person) => site.api('GET', `/api/attendance/${person}/${day}`)
const waiting = async () => (await site.api('GET', '/api/reviews')).items.map((item) => item.employee_id).sort()

for (const [size, theme, language] of [[desktop, 'light', 'en'], [desktop, 'dark', 'en'], [phone, 'light', 'id']])
  test(`the queue at ${size.width} pixels, ${theme}, ${language}`, async () => {
    const page = await browser.open(site, { size, theme, language })
    await page.goto('/review')
    await page.getByRole('heading', { name: /Ayu Lestari\?/ }).waitFor()
    // Both pictures stand beside each other: what the camera saw, and who is enrolled.
    for (const image of await page.locator('figure img').all())
      assert.equal(await image.evaluate((one) => one.decode().then(() => one.naturalWidth)), 480)
    assert.equal(await page.locator('figure img').count(), 2)
    await assertFitsWidth(page)
    await axe(page)
    await screenshot(page, 'review')
    assertUnbroken(page)
  })

test('confirm, undo, somebody else and reject by the keyboard, until all is decided', async () => {
  assert.deepEqual(await waiting(), ['R1', 'R2', 'R3'])
  const page = await browser.open(site)
  await page.goto('/review')
  const badge = page.getByRole('link', { name: /^Review/ })
  await badge.getByText('3 to decide').waitFor()
  const show = (name) => page.getByRole('button', { name: new RegExp(`^${name}`) }).click()

  await show('Ayu Lestari')
  await page.getByRole('heading', { name: 'Is this Ayu Lestari?' }).waitFor()
  await page.keyboard.press('1')
  await page.getByText(/Ayu Lestari, .*: confirmed\./).waitFor()
  const confirmed = await dayOf('R1')
  assert.equal(confirmed.status, 'PRESENT')
  assert.equal(confirmed.approved_by, 'admin')
  await page.getByRole('button', { name: 'Undo' }).click()
  await page.getByText('Undone; it waits again.').first().waitFor()
  assert.equal((await dayOf('R1')).status, 'PENDING_REVIEW')
  await show('Ayu Lestari')
  await page.getByRole('heading', { name: 'Is this Ayu Lestari?' }).waitFor()
  await page.keyboard.press('1')
  await page.getByText(/Ayu Lestari, .*: confirmed\./).waitFor()

  await show('Bima Wijaya')
  await page.getByRole('heading', { name: 'Is this Bima Wijaya?' }).waitFor()
  await page.keyboard.press('4')
  await page.getByText('What this camera followed becomes nobody’s').waitFor()
  assert.deepEqual(await waiting(), ['R2', 'R3'], 'nothing happens before the answer')
  await page.keyboard.press('4')
  await page.getByText(/Bima Wijaya, .*: rejected\./).waitFor()
  assert.equal((await dayOf('R2')).first_in, null)

  await page.getByRole('heading', { name: 'Is this Citra Dewi?' }).waitFor()
  await page.keyboard.press('3')
  await page.getByRole('combobox', { name: 'Who was it?' }).fill('bima')
  await page.getByRole('option', { name: /Bima Wijaya/ }).waitFor()
  await page.getByRole('combobox', { name: 'Who was it?' }).press('Enter')
  await page.getByText('The sightings become Bima Wijaya’s').waitFor()
  await axe(page)
  await page.getByRole('button', { name: 'Yes, do it' }).click()
  await page.getByText(/Citra Dewi, .*: it was somebody else\./).waitFor()
  assert.equal((await dayOf('R2')).first_in.slice(11, 16), '07:57')
  await page.getByText('Everything is decided').waitFor()
  assert.deepEqual(await waiting(), [])
  await badge.getByText('to decide').waitFor({ state: 'detached' })
  await screenshot(page, 'review-done')
  assertUnbroken(page)
})
