// The report of alerts, the reset of logs, and what those do not see who may not.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { siteDay, writeJournal } from './support/journal.mjs'
import { startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser
const day = siteDay(1)

before(async () => {
  site = await startSite({ demo: false })
  await site.signUp()
  for (const [employee_id, name] of [['R3', 'Citra Dewi'], ['R4', 'Dodi Santoso']])
    await site.api('POST', '/api/employees', { employee_id, name, department: 'Office' })
  const seen = (person, ...clocks) => clocks.map((clock) => ({ person, day, clock }))
  // Away for hours of work: alerts.
  await writeJournal(site, [...seen('R3', '07:57', '17:04'), ...seen('R4', '07:50', '10:30', '17:10')])
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

for (const [size, theme, language] of [[desktop, 'light', 'en'], [desktop, 'dark', 'en'], [phone, 'light', 'id']])
  test(`alerts at ${size.width} pixels, ${theme}, ${language}`, async () => {
    const page = await browser.open(site, { size, theme, language })
    await page.goto(`/alerts?from=${day}&to=${day}`)
    await page.getByText('Dodi Santoso').first().waitFor()
    await assertFitsWidth(page)
    await axe(page)
    await screenshot(page, 'alerts')
    assertUnbroken(page)
  })

test('alerts are filtered by person and state, with the schedule of their moment', async () => {
  const page = await browser.open(site)
  await page.goto(`/alerts?from=${day}&to=${day}&state=resolved`)
  const all = await site.api('GET', `/api/report/alerts?date_from=${day}&date_to=${day}&employee=R4&resolved=true`)
  assert.ok(all.total >= 2)
  await page.getByRole('combobox', { name: 'Person' }).fill('R4')
  await page.getByRole('option', { name: /Dodi Santoso/ }).click()
  const rows = page.getByRole('table', { name: 'Alerts' }).locator('tbody tr')
  await page.getByText(`${all.total} of ${all.total} rows`).waitFor()
  assert.equal(await rows.count(), all.total)
  await rows.first().getByText('Hours 08:00–17:00, lunch 12:00–13:00').waitFor()
  assert.match(page.url(), /employee=R4/)
  assertUnbroken(page)
})

test('a reset shows what would go, wants a word typed, and says what went', async () => {
  const page = await browser.open(site)
  const query = `date_from=${day}&date_to=${day}`
  const alerts = (await site.api('GET', `/api/report/alerts?${query}`)).total
  assert.ok(alerts > 0)
  await page.goto('/alerts')
  await page.getByRole('button', { name: 'Reset logs' }).click()
  const dialog = page.getByRole('dialog', { name: 'Reset logs' })
  await dialog.getByLabel('What').selectOption('alert_logs')
  await dialog.getByLabel('From').fill(day)
  await dialog.getByLabel(/^To/).fill(day)
  await dialog.getByText(`${alerts} alerts`, { exact: false }).waitFor()
  await axe(page)
  await screenshot(page, 'alerts-reset')
  const remove = dialog.getByRole('button', { name: 'Remove for good' })
  assert.equal(await remove.isEnabled(), false)
  assert.equal((await site.api('GET', `/api/report/alerts?${query}`)).total, alerts, 'a preview removes nothing')
  await dialog.getByLabel('Type DELETE to confirm').fill('DELETE')
  await remove.click()
  await page.getByText(`0 events and ${alerts} alerts were removed.`).waitFor()
  assert.equal((await site.api('GET', `/api/report/alerts?${query}`)).total, 0)
  assertUnbroken(page)
})

test('whoever may not do something is not shown it', async () => {
  await site.api('POST', '/api/users', { name: 'reader', password: 'only looks at things', roles: ['viewer'] })
  const page = await browser.open(site, { signedIn: false })
  await page.goto('/')
  await page.getByLabel('Name').fill('reader')
  await page.getByLabel('Password', { exact: true }).fill('only looks at things')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Attendance' }).click()
  await page.getByText('Dodi Santoso').or(page.getByText('No rows')).first().waitFor()
  assert.equal(await page.getByRole('link', { name: /^Review/ }).count(), 0)
  assert.equal(await page.getByRole('button', { name: /^Correct/ }).count(), 0)
  assertUnbroken(page)
})
