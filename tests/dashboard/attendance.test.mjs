// The list of days: what an office does with what cameras saw.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siteDay, writeJournal } from './support/journal.mjs'
import { demoPersonAndClip, startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser
const day = siteDay(1)
const before2 = siteDay(2)

const people = [
  ['A1', 'Ayu Lestari', 'Office'],
  ['A2', 'Bima Wijaya', 'Office'],
  ['B1', 'Citra Dewi', 'Warehouse'],
  ['B2', 'Dodi Santoso', 'Warehouse'],
  ['B3', 'Eka Putri', 'Warehouse'],
]

before(async () => {
  site = await startSite({ demo: false })
  await site.signUp()
  for (const [employee_id, name, department] of people)
    await site.api('POST', '/api/employees', { employee_id, name, department })
  const { photo: picture } = demoPersonAndClip()
  const times = (person, on, ...clocks) => clocks.map((clock) => ({ person, day: on, clock, picture }))
  await writeJournal(site, [
    ...times('A1', day, '07:50', '12:20', '17:05'),
    ...times('A2', day, '08:40', '12:20', '17:10'),
    ...times('B1', day, '07:58', '16:00', '17:20'),
    // Not sure enough to count: they wait for a review.
    { person: 'B2', day, clock: '07:59', confidence: 0.65, picture },
    ...times('B2', day, '17:15'),
    { person: 'A2', day: before2, clock: '07:52', confidence: 0.64, picture },
    ...times('A2', before2, '17:15'),
    ...times('A1', before2, '07:55', '17:05'),
  ])
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

const address = (more = '') => `/attendance?from=${day}&to=${day}${more}`
const rows = (page) => page.getByRole('table', { name: 'Attendance' }).locator('tbody tr')

for (const [size, theme, language] of [[desktop, 'light', 'en'], [desktop, 'dark', 'en'], [phone, 'light', 'id'], [phone, 'dark', 'en']])
  test(`the day's list at ${size.width} pixels, ${theme}, ${language}`, async () => {
    const page = await browser.open(site, { size, theme, language })
    await page.goto(address())
    await page.getByText('Ayu Lestari').waitFor()
    await assertFitsWidth(page)
    await axe(page)
    await screenshot(page, 'attendance')
    assertUnbroken(page)
  })

test('the department narrows the list, and the address keeps it', async () => {
  const page = await browser.open(site)
  await page.goto(address())
  await page.getByText('Ayu Lestari').waitFor()
  assert.equal(await rows(page).count(), 5)
  await page.getByLabel('Department').selectOption('Warehouse')
  await page.getByText('Ayu Lestari').waitFor({ state: 'detached' })
  assert.deepEqual(
    (await rows(page).allInnerTexts()).map((text) => text.split('\n')[0]),
    ['Citra Dewi', 'Dodi Santoso', 'Eka Putri'],
  )
  await page.reload()
  await page.getByText('Citra Dewi').waitFor()
  assert.equal(await rows(page).count(), 3)
  await page.getByRole('button', { name: /^Absent 1/ }).click()
  await page.getByText('Citra Dewi').waitFor({ state: 'detached' })
  assert.equal(await rows(page).count(), 1)
  assert.match(await rows(page).innerText(), /Eka Putri/)
  assertUnbroken(page)
})

test('on paper there are all rows and no buttons', async () => {
  const page = await browser.open(site)
  await page.goto(address())
  await page.getByText('Ayu Lestari').waitFor()
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')))
  await page.emulateMedia({ media: 'print' })
  const paper = page.locator('table').filter({ hasText: 'Remarks' })
  assert.equal(await paper.locator('tbody tr').count(), 5)
  assert.equal(await page.getByRole('button', { name: 'Print' }).isVisible(), false)
  assert.equal(await page.getByRole('navigation').first().isVisible(), false)
  assertUnbroken(page)
})
