// People: added, found, enrolled by webcam and from photos, archived, erased.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { assertFitsWidth, assertUnbroken, axe, phone, screenshot, startBrowser, untilFocused } from './support/browser.mjs'
import { demoPersonAndClip, startSite } from './support/site.mjs'
import { fakeWebcam, ffmpeg, withoutFaces } from './support/webcam.mjs'

let folder
let site
let browser

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hadir-people-'))
  site = await startSite({ demo: false })
  await site.signUp()
  browser = await startBrowser()
})
after(async () => {
  await browser?.close()
  await site?.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** The dialog on top. */
const dialog = (page, name) => page.getByRole('dialog', { name })

test('a person is added; what is wrong is said at its field', async () => {
  await site.api('POST', '/api/employees', { name: 'Budi Santoso', employee_id: 'D001', department: 'Plant' })
  const page = await browser.open(site)
  await page.goto('/people?add=1')
  const form = dialog(page, 'Add person')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await form.getByText('Somebody needs a name').waitFor()
  await untilFocused(form.getByLabel('Name'))
  await axe(page)

  await form.getByLabel('Name').fill('Siti Rahma')
  await form.getByLabel('Code').fill('D001')
  await form.getByLabel('Department').fill('Office')
  await form.getByLabel('Company').fill('PT Maju')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  const code = form.getByLabel('Code')
  await form.getByText(/belongs to somebody else/).waitFor()
  assert.equal(await code.getAttribute('aria-invalid'), 'true')
  const problem = await code.getAttribute('aria-describedby')
  assert.match(await page.locator(`[id="${problem.split(' ').at(-1)}"]`).innerText(), /Budi Santoso|taken|belongs/)
  await code.fill('D002')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await form.waitFor({ state: 'detached' })
  assert.equal(new URL(page.url()).search, '')

  const siti = await site.api('GET', '/api/employees/D002')
  assert.deepEqual([siti.name, siti.department, siti.organization], ['Siti Rahma', 'Office', 'PT Maju'])
  await page.getByRole('link', { name: 'Siti Rahma', exact: true }).waitFor()
  assertUnbroken(page)
})

test('what is changed is only what was changed', async () => {
  const page = await browser.open(site)
  await page.goto('/people/D002')
  const detail = dialog(page, 'Siti Rahma')
  await detail.getByText('No face yet').waitFor()
  await axe(page)
  await detail.getByRole('button', { name: 'Edit' }).click()
  // Meanwhile somebody else changes another field.
  await site.api('PUT', '/api/employees/D002', { phone: '0812' })
  const form = dialog(page, 'Edit Siti Rahma')
  await form.getByLabel('Role').fill('Bookkeeper')
  await form.getByLabel('Code').fill('D0/2')
  await form.getByRole('button', { name: 'Save' }).click()
  await form.waitFor({ state: 'detached' })
  await detail.getByText('D0/2 · Office · Bookkeeper').waitFor()
  const { id, phone: number, role } = (await site.api('GET', '/api/employees?q=siti'))[0]
  assert.deepEqual([number, role], ['0812', 'Bookkeeper'])
  assert.equal(new URL(page.url()).pathname, `/people/${id}`, 'this code can’t stand in an address')
  await site.api('PUT', `/api/employees/${id}`, { employee_id: 'D002' })
  assertUnbroken(page)
})

test('the list is searched, filtered and keeps it in the address', async () => {
  const page = await browser.open(site)
  await page.goto('/people')
  const rows = page.getByRole('table', { name: 'People' }).getByRole('row')
  await page.getByText('2 people', { exact: true }).waitFor()
  await page.getByRole('searchbox').fill('SITI')
  await page.getByText('1 person', { exact: true }).waitFor()
  assert.equal(await rows.count(), 2, 'the heading and one person')
  assert.equal(new URL(page.url()).searchParams.get('q'), 'SITI')
  await page.reload()
  await page.getByText('1 person', { exact: true }).waitFor()
  await page.getByLabel('Department').selectOption('Plant')
  await page.getByText('Nobody fits these filters').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await page.getByText('2 people', { exact: true }).waitFor()
  // Over the list that stays as it is.
  await page.getByLabel('Face', { exact: true }).selectOption('without')
  await page.getByRole('link', { name: 'Budi Santoso', exact: true }).click()
  await dialog(page, 'Budi Santoso').waitFor()
  assert.match(page.url(), /\/people\/D001\?face=without$/)
  await page.keyboard.press('Escape')
  await page.waitForURL('**/people?face=without')
  assertUnbroken(page)
})

test('photos are enrolled, each with its result', async () => {
  const { photo } = demoPersonAndClip()
  const empty = join(folder, 'a wall.jpg')
  ffmpeg('-f', 'lavfi', '-i', 'testsrc2=size=320x240', '-frames:v', '1', empty)
  const page = await browser.open(site)
  await page.goto('/people/D001')
  await dialog(page, 'Budi Santoso').getByRole('button', { name: 'Enrol face' }).click()
  const enrol = dialog(page, 'Enrol the face of Budi Santoso')
  await enrol.getByRole('tab', { name: 'Photos' }).click()
  await enrol.getByLabel('Drop photos here').setInputFiles([empty, photo])
  await enrol.getByText('1 enrolled, 1 not taken').waitFor()
  const refused = enrol.getByRole('listitem').filter({ hasText: 'a wall.jpg' })
  await refused.getByText('There is no face in it.').waitFor()
  await axe(page)
  await screenshot(page, 'people-photos')
  const templates = await site.api('GET', '/api/employees/D001/face_templates')
  assert.equal(templates.length, 1)
  assert.equal(templates[0].source, 'photo')

  await enrol.getByRole('button', { name: 'Done' }).click()
  const detail = dialog(page, 'Budi Santoso')
  await detail.getByText('Primary').waitFor()
  await page.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))
  await axe(page)
  await screenshot(page, 'people-detail')
  await detail.getByRole('button', { name: /^Delete this face/ }).click()
  await page.getByText('cameras will no longer recognise Budi Santoso').waitFor()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  await detail.getByText('No face yet').waitFor()
  assert.deepEqual(await site.api('GET', '/api/employees/D001/photos'), [])
  assertUnbroken(page)
})

test('a webcam takes three sides by itself', { skip: withoutFaces }, async () => {
  const withCamera = await startBrowser(fakeWebcam(folder))
  try {
    const page = await withCamera.open(site)
    await page.goto('/people')
    await page.getByRole('button', { name: 'Enrol face: Siti Rahma' }).click()
    const enrol = dialog(page, 'Enrol the face of Siti Rahma')
    await enrol.getByText('Look straight into the webcam').first().waitFor()
    await enrol.getByRole('img', { name: 'The picture taken: Front' }).waitFor()
    assert.deepEqual(await site.api('GET', '/api/employees/D002/photos'), [], 'nothing is kept before it is saved')
    await enrol.getByText('Turn the head a little to your left').waitFor()
    await screenshot(page, 'people-webcam')
    await enrol.getByRole('img', { name: 'The picture taken: Right' }).waitFor()
    await axe(page)
    await enrol.getByRole('button', { name: 'Save 3 pictures' }).click()
    await enrol.getByText('3 faces of Siti Rahma were enrolled').waitFor()
    const templates = await site.api('GET', '/api/employees/D002/face_templates')
    assert.deepEqual(templates.map(({ pose, source }) => `${pose} ${source}`).sort(), [
      'front webcam',
      'left webcam',
      'right webcam',
    ])
    const kept = await page.evaluate(async () => [
      ...Object.keys(localStorage),
      ...Object.keys(sessionStorage),
      ...(await indexedDB.databases()).map(({ name }) => name),
      ...(await caches.keys()),
    ])
    assert.deepEqual(
      kept.filter((name) => !/^hadir\.(theme|language)$/.test(name)),
      [],
      'nothing stays in the browser',
    )
    assertUnbroken(page)
  } finally {
    await withCamera.close()
  }
})

test('without a webcam the page says why', async () => {
  const page = await browser.open(site)
  await page.goto('/people/D001')
  await dialog(page, 'Budi Santoso').getByRole('button', { name: 'Enrol face' }).click()
  const problem = dialog(page, 'Enrol the face of Budi Santoso').getByRole('alert')
  await problem.getByText(/There is no webcam|The webcam was not allowed/).waitFor()
  await axe(page)
  await problem.getByRole('button', { name: 'Choose photos' }).click()
  await page.getByText('Drop photos here, or choose them').waitFor()

  // On http from another computer browsers offer no webcam at all.
  const plain = await browser.open(site)
  await plain.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }))
  await plain.goto('/people/D001')
  await dialog(plain, 'Budi Santoso').getByRole('button', { name: 'Enrol face' }).click()
  await plain.getByText('Browsers allow the webcam only over https').waitFor()
  assertUnbroken(page)
})

test('somebody is archived and restored', async () => {
  const page = await browser.open(site, { language: 'id' })
  await page.goto('/people')
  await page.getByRole('button', { name: 'Tindakan untuk Budi Santoso' }).click()
  await page.getByRole('menuitem', { name: 'Arsipkan' }).click()
  await dialog(page, 'Arsipkan Budi Santoso?').getByRole('button', { name: 'Arsipkan' }).click()
  await page.getByText('1 orang', { exact: true }).waitFor()
  assert.equal((await site.api('GET', '/api/employees/D001')).person_status, 'archived')
  await page.getByLabel('Status').selectOption('archived')
  await page.getByRole('link', { name: 'Budi Santoso', exact: true }).waitFor()
  await page.getByRole('button', { name: 'Tindakan untuk Budi Santoso' }).click()
  await page.getByRole('menuitem', { name: 'Pulihkan' }).click()
  await page.getByText('Tidak ada yang sesuai saringan').waitFor()
  assert.equal((await site.api('GET', '/api/employees/D001')).person_status, 'active')
  assertUnbroken(page)
})

test('a menu in a dialog lies above it and obeys the keyboard', async () => {
  for (const size of [undefined, phone]) {
    const page = await browser.open(site, size && { size })
    const { keyboard } = page
    await page.goto('/people/D001')
    const detail = dialog(page, 'Budi Santoso')
    const trigger = detail.getByRole('button', { name: 'Actions for Budi Santoso' })
    const item = (name) => page.getByRole('menuitem', { name, exact: true })
    await trigger.focus()
    await keyboard.press('Enter')
    await item('Archive').waitFor()
    // Nothing lies over it: a pointer would meet it, wherever it reaches.
    const box = await page.getByRole('menu').boundingBox()
    const { width, height } = page.viewportSize()
    assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= height)
    assert.ok(
      await item('Archive').evaluate((node) => {
        const { left, top, width, height } = node.getBoundingClientRect()
        return node.contains(document.elementFromPoint(left + width / 2, top + height / 2))
      }),
    )
    await axe(page)
    await untilFocused(item('Archive'))
    await keyboard.press('ArrowDown')
    await untilFocused(item('Delete for good'))
    await keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'detached' })
    assert.ok(await detail.isVisible(), 'Escape closed the menu alone')
    await untilFocused(trigger)
    await trigger.click()
    await item('Archive').click()
    const confirm = dialog(page, 'Archive Budi Santoso?')
    await confirm.getByRole('button', { name: 'Cancel' }).click()
    await confirm.waitFor({ state: 'detached' })
    assert.ok(await detail.isVisible())
    await keyboard.press('Escape')
    await detail.waitFor({ state: 'detached' })
    assertUnbroken(page)
  }
})

test('a list is imported after its preview', async () => {
  await site.api('POST', '/api/employees', { name: 'Ana', employee_id: 'L1', department: 'Plant' })
  const list = join(folder, 'people.csv')
  writeFileSync(
    list,
    'nik,nama,departemen,warna\nL1,Ana Putri,Plant,red\nL2,Citra Dewi,Office,blue\nL3,,Office,green\n',
  )
  const page = await browser.open(site)
  await page.goto('/people?import=1')
  const dialogOfImport = dialog(page, 'Import people')
  await dialogOfImport.getByLabel('Drop a CSV or JSON file here').setInputFiles(list)
  await dialogOfImport.getByRole('row', { name: /L1/ }).getByText('Changed').waitFor()
  await dialogOfImport.getByRole('row', { name: /L2/ }).getByText('New').waitFor()
  await dialogOfImport.getByText(/^Line 4: /).waitFor()
  await dialogOfImport.getByText('Columns nobody knows: warna').waitFor()
  await axe(page)
  await screenshot(page, 'people-import')
  assert.equal((await site.api('GET', '/api/employees/L1')).name, 'Ana', 'a preview changes nothing')
  await dialogOfImport.getByRole('button', { name: 'Import 2 people' }).click()
  await dialogOfImport.getByText('Faces don’t come with a list').waitFor()
  assert.equal((await site.api('GET', '/api/employees/L1')).name, 'Ana Putri')
  assert.equal((await site.api('GET', '/api/employees/L2')).department, 'Office')
  await dialogOfImport.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('link', { name: 'Citra Dewi', exact: true }).waitFor()
  for (const code of ['L1', 'L2']) await site.api('DELETE', `/api/employees/${code}`)
  assertUnbroken(page)
})

test('the page fits every width and theme', async () => {
  for (const wanted of [{}, { theme: 'dark' }, { size: phone }, { size: phone, theme: 'dark', language: 'id' }]) {
    const page = await browser.open(site, wanted)
    await page.goto('/people')
    await page.getByRole('link', { name: 'Siti Rahma', exact: true }).waitFor()
    await axe(page)
    await assertFitsWidth(page)
    await screenshot(page, 'people')
    assertUnbroken(page)
  }
})

test('who may only look is offered nothing else', async () => {
  const { roles } = { roles: ['viewer'] }
  await site.api('POST', '/api/users', { name: 'tamu', password: 'only looking here', roles })
  const page = await browser.open(site, { signedIn: false })
  await page.goto('/people')
  await page.getByLabel('Name').fill('tamu')
  await page.getByLabel('Password', { exact: true }).fill('only looking here')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('link', { name: 'Budi Santoso', exact: true }).waitFor()
  assert.equal(await page.getByRole('button', { name: /Add person|Actions for|Enrol/ }).count(), 0)
  assertUnbroken(page)
})

test('erasing says what is lost and wants the code', async () => {
  const page = await browser.open(site)
  await page.goto('/people/D001')
  await dialog(page, 'Budi Santoso').getByRole('button', { name: 'Actions for Budi Santoso' }).click()
  await page.getByRole('menuitem', { name: 'Delete for good' }).click()
  const erase = dialog(page, 'Delete Budi Santoso for good?')
  await erase.getByText('0 days of attendance').waitFor()
  await axe(page)
  await erase.getByLabel('Type D001 to confirm').fill('D002')
  await erase.getByRole('button', { name: 'Delete for good' }).click()
  await erase.getByText('This is not D001').waitFor()
  await screenshot(page, 'people-erase')
  await erase.getByLabel('Type D001 to confirm').fill('D001')
  await erase.getByRole('button', { name: 'Delete for good' }).click()
  await page.waitForURL('**/people')
  await page.getByText('1 person', { exact: true }).waitFor()
  assert.deepEqual(
    (await site.api('GET', '/api/employees?person_status=all')).map((person) => person.employee_id),
    ['D002'],
  )
  assertUnbroken(page)
})
