// The settings: parameters, users, roles, keys, sign-ins, the audit log and the system.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { administrator, startSite } from './support/site.mjs'
import { assertFitsWidth, assertUnbroken, axe, desktop, phone, screenshot, startBrowser } from './support/browser.mjs'

let site
let browser

before(async () => {
  site = await startSite({ demo: false })
  await site.signUp()
  await site.api('POST', '/api/cameras', { name: 'Gate', rtsp_url: 'rtsp://127.0.0.1:9/stream', enabled: false })
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
})

const parameters = async () => (await site.api('GET', '/api/config/params')).params

test('a parameter is changed, refused with the reason at its field, and put back', async () => {
  const page = await browser.open(site)
  await page.goto('/settings/parameters')
  const field = page.getByLabel('fps_target', { exact: true })
  await field.fill('500')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.locator('#parameter-fps_target [aria-invalid=true]').waitFor()
  const said = await page.locator('#parameter-fps_target').innerText()
  assert.match(said, /0\.1\.\.60/)
  assert.equal((await parameters()).fps_target, 8)

  await field.fill('5')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('1 saved parameter waits for a restart of the analysis').waitFor()
  assert.equal((await parameters()).fps_target, 5)
  await page.locator('#parameter-fps_target').getByText('changed').waitFor()
  await page.getByLabel('Only changed ones').check()
  await page.getByText('waits for a restart', { exact: true }).waitFor()
  assert.equal(await page.getByLabel('min_margin', { exact: true }).count(), 0)
  assert.match(page.url(), /changed=/)

  await page.getByRole('button', { name: 'Restart the analysis' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Restart the analysis' }).click()
  await page.getByText('1 saved parameter waits for a restart of the analysis').waitFor({ state: 'detached' })
  await page.getByRole('button', { name: 'Default of fps_target' }).click()
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('No parameter fits').or(page.getByLabel('time_zone', { exact: true })).first().waitFor()
  assert.equal((await parameters()).fps_target, 8)
  assertUnbroken(page)
})

test('parameters are found by what they mean', async () => {
  const page = await browser.open(site, { language: 'id' })
  await page.goto('/settings/parameters?q=wajah terkecil')
  await page.getByText('Tidak ada parameter yang cocok').waitFor()
  await page.getByLabel('Cari parameter').fill('lebar wajah')
  await page.getByLabel('quality_min_face_px', { exact: true }).waitFor()
  assert.equal(await page.locator('[id^=parameter-]').count(), 1)
  await page.reload()
  await page.getByLabel('quality_min_face_px', { exact: true }).waitFor()
  assertUnbroken(page)
})

test('whoever is invited chooses a password and sees only what they may', async () => {
  let page = await browser.open(site)
  await page.goto('/settings/users')
  await page.getByRole('button', { name: 'Invite user' }).click()
  const form = page.getByRole('dialog', { name: 'Invite a user' })
  await form.getByLabel('Name to sign in with').fill('Vera!')
  await form.getByRole('button', { name: 'Invite user' }).click()
  await form.locator('input[aria-invalid=true]').waitFor()
  await form.getByLabel('Name to sign in with').fill('vera')
  await form.getByLabel('Full name').fill('Vera Viewer')
  await axe(page)
  await form.getByRole('button', { name: 'Invite user' }).click()
  const link = await page.getByRole('dialog', { name: 'Link for Vera Viewer' }).getByLabel('Link').inputValue()
  assert.match(link, /^http:\/\/localhost:\d+\/setup#.{20,}$/)
  await axe(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  await page.getByRole('row').filter({ hasText: 'Vera Viewer' }).getByText('Invited').waitFor()
  assert.ok(!(await page.content()).includes(link.split('#')[1]), 'it is shown once')
  assertUnbroken(page)

  page = await browser.open(site, { signedIn: false })
  await page.goto(link)
  await page.getByLabel('Password', { exact: true }).fill('a view of everything')
  await page.getByLabel('Password again').fill('a view of everything')
  await page.getByRole('button', { name: 'Begin' }).click()
  await page.getByRole('navigation').getByRole('link', { name: 'Cameras' }).click()
  await page.getByRole('heading', { name: 'Gate' }).waitFor()
  assert.equal(await page.getByRole('button', { name: /Add camera|Edit|Test/ }).count(), 0)
  assert.equal(await page.getByRole('switch').count(), 0)
  await page.getByRole('navigation').getByRole('link', { name: 'Schedule' }).click()
  await page.getByText('System uptime').waitFor()
  assert.equal(await page.getByRole('button', { name: /Pause|Save as/ }).count(), 0)
  await page.getByRole('navigation').getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('tab', { name: 'My sign-ins' }).waitFor()
  assert.deepEqual(await page.getByRole('tab').allInnerTexts(), ['My sign-ins', 'System'])
  await page.getByRole('tab', { name: 'System' }).click()
  await page.getByText('State of the parts').waitFor()
  assert.equal(await page.getByRole('button', { name: 'Shut down' }).count(), 0)
  assertUnbroken(page)

  const vera = (await site.api('GET', '/api/users')).find(({ name }) => name === 'vera')
  assert.deepEqual([vera.roles, vera.has_password], [['viewer'], true])
})

test('somebody is deactivated, and the last administrator stays', async () => {
  await site.api('POST', '/api/users', { name: 'oki', roles: ['operator'], password: 'operates the gate' })
  const page = await browser.open(site)
  await page.goto('/settings/users')
  await page.getByRole('button', { name: 'Actions for oki' }).click()
  await page.getByRole('menuitem', { name: 'Deactivate' }).click()
  await page.getByRole('dialog', { name: 'Deactivate oki?' }).getByRole('button', { name: 'Deactivate' }).click()
  await page.getByRole('row').filter({ hasText: 'oki' }).getByText('Deactivated').waitFor()
  assert.equal((await site.api('GET', '/api/users')).find(({ name }) => name === 'oki').active, false)
  await page.getByRole('button', { name: 'Actions for admin' }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).waitFor()
  assert.equal(await page.getByRole('menuitem', { name: 'Delete' }).count(), 0, 'nobody deletes themselves')
  assertUnbroken(page)
})

test('a role of one’s own', async () => {
  const page = await browser.open(site)
  await page.goto('/settings/roles')
  await page.getByRole('button', { name: 'Add role' }).click()
  const form = page.getByRole('dialog', { name: 'Add role' })
  await form.getByLabel('Name of the role').fill('viewer')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.getByText('There is a role of this name').waitFor()
  await form.getByLabel('Name of the role').fill('guard')
  await form.getByLabel('see cameras and what they show').check()
  await form.getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Edit guard' }).waitFor()
  const guard = (await site.api('GET', '/api/roles')).find(({ name }) => name === 'guard')
  assert.deepEqual([guard.permissions, guard.built_in], [['cameras:read'], false])
  await page.getByRole('button', { name: 'Delete guard' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await page.getByRole('button', { name: 'Edit guard' }).waitFor({ state: 'detached' })
  assertUnbroken(page)
})

test('a key is shown once, works, and is revoked', async () => {
  const page = await browser.open(site)
  await page.goto('/settings/keys')
  await page.getByRole('button', { name: 'Make a key' }).first().click()
  const form = page.getByRole('dialog', { name: 'New API key' })
  await form.getByLabel('What it is for').fill('payroll')
  await form.getByLabel('see cameras and what they show').check()
  await axe(page)
  await form.getByRole('button', { name: 'Make a key' }).click()
  const made = page.getByRole('dialog', { name: 'The key “payroll”' })
  const key = await made.getByLabel('Key', { exact: true }).inputValue()
  const ask = async (path) => (await fetch(site.url + path, { headers: { 'x-api-key': key } })).status
  assert.equal(await ask('/api/cameras'), 200)
  assert.equal(await ask('/api/users'), 403, 'it may only what it was given')
  await made.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('row').filter({ hasText: 'payroll' }).waitFor()
  assert.ok(!(await page.content()).includes(key))
  await page.getByRole('button', { name: 'Revoke payroll' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('button', { name: 'Revoke payroll' }).waitFor({ state: 'detached' })
  assert.equal(await ask('/api/cameras'), 401)
  assertUnbroken(page)
})

test('the audit log lists who did it, by page and filter, and is whole', async () => {
  const page = await browser.open(site)
  await page.goto('/settings/audit')
  await page.getByLabel('Action').selectOption('api_key.add')
  await page.getByRole('button', { name: 'Show' }).click()
  await page.waitForURL(/action=api_key.add/)
  await page.getByText(/^Page 1 of 1, 1 entries$/).waitFor()
  const row = page.getByRole('row').filter({ hasText: 'api_key.add' })
  assert.match(await row.innerText(), new RegExp(administrator.name))
  await page.getByRole('button', { name: 'Verify' }).click()
  await page.getByText(/^Whole: all \d+ entries are as they were written\.$/).waitFor()
  const { head } = await site.api('GET', '/api/audit/verify')
  assert.equal(head.length, (await page.getByLabel('Seal of the newest entry').inputValue()).length)
  assertUnbroken(page)
})

test('others who are signed in with my name are signed out', async () => {
  const other = await fetch(`${site.url}/api/auth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'payroll/2.1' },
    body: JSON.stringify(administrator),
  })
  assert.equal(other.status, 200)
  const page = await browser.open(site)
  await page.goto('/settings/sessions')
  await page.getByRole('row').filter({ hasText: 'payroll/2.1' }).waitFor()
  await page.getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere else' }).click()
  await page.getByRole('row').filter({ hasText: 'payroll/2.1' }).waitFor({ state: 'detached' })
  const left = await site.api('GET', '/api/auth/sessions')
  assert.deepEqual(left.map(({ is_this_one: isThis }) => isThis), [true])
  assertUnbroken(page)
})

const parts = ['parameters', 'users', 'roles', 'keys', 'audit', 'sessions', 'system']
for (const [size, theme] of [[desktop, 'light'], [phone, 'dark']])
  test(`every part at ${size.width} pixels, ${theme}`, async () => {
    const page = await browser.open(site, { size, theme })
    for (const part of parts) {
      await page.goto(`/settings/${part}`)
      await page.getByRole('tabpanel').waitFor()
      await page.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'detached' })
      await assertFitsWidth(page)
      await axe(page)
      await screenshot(page, part === 'parameters' ? 'settings' : `settings-${part}`)
    }
    assertUnbroken(page)
  })

test('the licences of what is in the page are there', async () => {
  const page = await browser.open(site)
  await page.goto('/settings/system')
  await page.getByRole('button', { name: 'Show licences' }).click()
  const react = page.getByRole('listitem').filter({ hasText: /^react \d/ })
  await react.getByText(/^react \d.*MIT/).click()
  await react.getByText('Permission is hereby granted').waitFor()
  assertUnbroken(page)
})

test('hadir is shut down only by somebody who means it', async () => {
  const page = await browser.open(site)
  await page.goto('/settings/system')
  await page.getByRole('button', { name: 'Shut down' }).click()
  const dialog = page.getByRole('dialog', { name: 'Shut hadir down?' })
  assert.ok(await dialog.getByRole('button', { name: 'Shut down' }).isDisabled())
  await dialog.getByLabel('Type hadir to confirm').fill('hadir')
  await dialog.getByRole('button', { name: 'Shut down' }).click()
  await page.getByText('Connection lost').first().waitFor()
  await assert.rejects(fetch(`${site.url}/readyz`))
})
