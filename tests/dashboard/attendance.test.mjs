// Attendance, review and alerts: what an office does with the days that cameras saw.
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { knowEverybodySince, siteDay, writeJournal } from './support/journal.mjs'
import { drawPortraits } from './support/portraits.mjs'
import { startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser
let folder
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
  browser = await startBrowser()
  folder = mkdtempSync(join(tmpdir(), 'hadir-attendance-'))
  const pictureOf = (person) => join(folder, `${person}.jpg`)
  const drawn = people.map(([person], who) => ({ who, file: pictureOf(person), turn: who / 4 - 0.5, light: 1 - who / 12 }))
  await drawPortraits(await browser.open(site), drawn)
  const times = (person, on, ...clocks) =>
    clocks.map((clock) => ({ person, day: on, clock, picture: pictureOf(person) }))
  await writeJournal(site, [
    ...times('A1', day, '07:50', '12:20', '17:05'),
    ...times('A2', day, '08:40', '12:20', '17:10'),
    ...times('B1', day, '07:58', '16:00', '17:20'),
    // Not sure enough to count: they wait for a review.
    { person: 'B2', day, clock: '07:59', confidence: 0.65, picture: pictureOf('B2') },
    ...times('B2', day, '17:15'),
    { person: 'A2', day: before2, clock: '07:52', confidence: 0.64, picture: pictureOf('A2') },
    ...times('A2', before2, '17:15'),
    ...times('A1', before2, '07:55', '17:05'),
  ])
})
after(async () => {
  await browser?.close()
  await site?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const dayOf = async (person, on = day) => site.api('GET', `/api/attendance/${person}/${on}`)
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

test('the export link gives the rows that are shown, as a file', async () => {
  const page = await browser.open(site)
  await page.goto(address('&department=Office'))
  await page.getByText('Ayu Lestari').waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export CSV' }).click(),
  ])
  assert.equal(download.suggestedFilename(), `attendance_${day}.csv`)
  const lines = readFileSync(await download.path(), 'utf8').trimEnd().split('\r\n')
  assert.match(lines[0], /^\uFEFFdate,employee_id,name,/)
  assert.equal(lines.length, 3)
  assert.match(lines[1], new RegExp(`^${day},A1,Ayu Lestari,Office,PRESENT,${day} 07:50:00,`))
  assertUnbroken(page)
})

test('why: the explanation names the schedule', async () => {
  const page = await browser.open(site)
  await page.goto(address())
  await page.getByRole('button', { name: /^Why\? Bima Wijaya/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Bima Wijaya' })
  await dialog.getByText(/Work hours were 08:00–17:00, every day, with 15 minutes of grace, by the site’s schedule/).waitFor()
  await dialog.getByText(/Late: first in at 08:40, after 08:15/).waitFor()
  await dialog.getByText('3 sightings of this day').click()
  assert.equal(await dialog.getByRole('table', { name: 'Sightings' }).locator('tbody tr').count(), 3)
  await axe(page)
  await screenshot(page, 'attendance-why')
  assertUnbroken(page)
})

test('an entry is corrected with a reason, approved, and its history says so', async () => {
  const page = await browser.open(site)
  await page.goto(address())
  await page.getByRole('button', { name: /^Correct Bima Wijaya/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Bima Wijaya' })
  await dialog.getByLabel('First in').fill(`${day}T08:05`)
  await dialog.getByRole('switch', { name: 'Approve it, too' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('Say why.').waitFor()
  assert.equal((await dayOf('A2')).entry_type, 'AUTO')
  await dialog.getByLabel('Reason').fill('The camera at the gate was dark')
  await axe(page)
  await screenshot(page, 'attendance-correct')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await dialog.getByText('not approved yet').waitFor()
  const corrected = await dayOf('A2')
  assert.equal(corrected.entry_type, 'MANUAL')
  assert.equal(corrected.status, 'PRESENT')
  assert.equal(corrected.first_in.slice(0, 16), `${day}T08:05`)
  assert.equal(corrected.last_out.slice(0, 16), `${day}T17:10`)
  assert.equal(corrected.approved_by, null)
  await dialog.getByRole('button', { name: 'Approve' }).click()
  await dialog.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' })
  assert.equal((await dayOf('A2')).approved_by, 'admin')
  await dialog.getByRole('tab', { name: 'History' }).click()
  await dialog.getByText('“The camera at the gate was dark”').waitFor()
  const change = dialog.getByRole('listitem').filter({ hasText: 'Corrected' })
  assert.match(await change.locator('del').first().innerText(), /Late/)
  assert.match(await change.locator('ins').first().innerText(), /Present/)
  await axe(page)
  await screenshot(page, 'attendance-history')
  assertUnbroken(page)
})

test('nothing is lost when the list is refreshed or a day changes live', async () => {
  const page = await browser.open(site, { size: { width: 1440, height: 420 } })
  await page.goto(address('&who=B1&day=' + day + '&part=correct'))
  const dialog = page.getByRole('dialog', { name: 'Citra Dewi' })
  await dialog.getByLabel('Reason').fill('half a sentence')
  await page.evaluate(() => window.scrollTo(0, 150))
  const scrolled = await page.evaluate(() => window.scrollY)
  // Somebody else corrects another day meanwhile, which is told live.
  const seen = (await dayOf('A1')).updated_at
  const [reply] = await Promise.all([
    page.waitForResponse((answer) => answer.url().includes('/api/report/attendance?from=') && answer.ok()),
    site.api('PUT', `/api/attendance/A1/${day}`, { remarks: 'Overtime', reason: 'told by phone', updated_at: seen }),
  ])
  assert.ok((await reply.json()).rows.some((row) => row.remarks === 'Overtime'))
  const changed = page.locator('tbody tr').filter({ hasText: 'Ayu Lestari' })
  await changed.getByText('By hand').waitFor({ state: 'attached' })
  assert.equal(await dialog.getByLabel('Reason').inputValue(), 'half a sentence')
  assert.equal(await page.evaluate(() => window.scrollY), scrolled)
  assert.match(page.url(), /who=B1/)
  assertUnbroken(page)
})

test('leave is added, approved and withdrawn, and the day follows', async () => {
  const page = await browser.open(site)
  await page.goto('/attendance?view=leave')
  await page.getByRole('button', { name: 'Add' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('combobox', { name: 'Who' }).fill('eka')
  await dialog.getByRole('option', { name: /Eka Putri/ }).click()
  await dialog.getByLabel('From').fill(day)
  await dialog.getByLabel('Reason').fill('Family')
  await dialog.getByRole('switch', { name: 'Approve it at once' }).click()
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.waitFor({ state: 'detached' })
  assert.equal((await dayOf('B3')).status, 'ABSENT')
  await page.getByRole('button', { name: /^Approve: Leave, Eka Putri/ }).click()
  await page.getByText('Approved', { exact: true }).first().waitFor()
  assert.equal((await dayOf('B3')).status, 'ON_LEAVE')
  await axe(page)
  await screenshot(page, 'attendance-leave')
  await page.getByRole('button', { name: /^Withdraw: Leave, Eka Putri/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click()
  await page.getByText('No leave or holidays').waitFor()
  assert.equal((await dayOf('B3')).status, 'ABSENT')
  assertUnbroken(page)
})

for (const [size, theme] of [[desktop, 'light'], [desktop, 'dark'], [phone, 'light']])
  test(`charts at ${size.width} pixels, ${theme}, with their figures as tables`, async () => {
    const page = await browser.open(site, { size, theme })
    await page.goto(`/attendance?view=charts&on=${day}`)
    const chart = page.getByRole('img', { name: /most people there at/ })
    await chart.waitFor()
    await page.getByText('As a table').first().click()
    const figures = await site.api('GET', `/api/report/presence?date=${day}&minutes=15`)
    const noon = figures.slots.find((slot) => slot.from.includes('T12:15'))
    const row = page.getByRole('table', { name: 'Presence over the day' }).getByRole('row', { name: /^12:15/ })
    assert.deepEqual((await row.getByRole('cell').allInnerTexts()).map(Number), [noon.present, noon.seen])
    assert.ok(noon.present >= 3)
    await assertFitsWidth(page)
    await axe(page)
    await screenshot(page, 'attendance-charts')
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

test('printing waits for all rows, also those that were not loaded', async () => {
  const content = ['employee_code,name,department']
  for (let number = 0; number < 30; ++number) content.push(`T${number},Tamu ${number},Visitors`)
  await site.api('POST', '/api/employees/import', { content: content.join('\n'), format: 'csv', preview: false })
  await knowEverybodySince(site, 40)
  const range = `from=${siteDay(40)}&to=${day}`
  const { total } = await site.api('GET', `/api/report/attendance?${range}&page_size=1`)
  assert.ok(total > 1000)
  const page = await browser.open(site)
  // What stands on the page at the moment the browser takes it to the printer.
  await page.addInitScript(() => {
    window.print = () => {
      window.dispatchEvent(new Event('beforeprint'))
      const rows = [...document.querySelectorAll('table')].find((table) => table.textContent.includes('Remarks'))
      window.printed = { rows: rows?.tBodies[0].rows.length, text: document.querySelector('main').textContent }
      window.dispatchEvent(new Event('afterprint'))
    }
  })
  await page.goto(`/attendance?${range}`)
  await page.getByText(`1000 of ${total} rows`).waitFor()
  await page.getByRole('button', { name: 'Print' }).click()
  await page.waitForFunction(() => window.printed !== undefined)
  const printed = await page.evaluate(() => window.printed)
  assert.equal(printed.rows, total)
  // By the browser's own menu nothing can be loaded first: the paper says so.
  await page.evaluate(() => window.print())
  assert.equal(await page.evaluate(() => window.printed.rows), 1000)
  assert.match(await page.evaluate(() => window.printed.text), new RegExp(`first 1000 of ${total} rows`))
  assertUnbroken(page)
})
