// Days that cameras saw, without cameras: sightings are written into the journal of a hadir that stands still, and
// hadir makes attendance and alerts of them as it does of any others.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'

const hourZone = '+07:00' // Asia/Jakarta, the site's

/** The site's day, some days ago. */
export function siteDay(daysAgo = 0) {
  return new Date(Date.now() - daysAgo * 86_400_000).toLocaleDateString('sv-SE', { timeZone: 'Asia/Jakarta' })
}

const millis = (day, clock) => Date.parse(`${day}T${clock}:00${hourZone}`)
const text = (value) => `'${String(value).replaceAll("'", "''")}'`

const idOf = (index) => `01900000-0000-7000-8000-${String(index).padStart(12, '0')}`

function run(program, args, input) {
  const made = spawnSync(program, args, { input, encoding: 'utf8' })
  assert.equal(made.status, 0, `${program} ${args.join(' ')}: ${made.stdout}${made.stderr}`)
  return made.stdout
}

/** As if everybody had been added some days ago: reports know nobody before that. */
export async function knowEverybodySince(site, daysAgo) {
  const began = millis(siteDay(daysAgo), '00:00')
  await site.kill()
  run('sqlite3', ['-bail', join(site.folder, 'hadir.db')], `UPDATE persons SET created_at = ${began};`)
  await site.start()
}

/**
 * Stops hadir as a crash would, writes the sightings, has them judged and starts it again. Work hours were 08:00-17:00
 * on every day of the week with 15 minutes of grace.
 * @param {import('./site.mjs').Site} site
 * @param {{person: string, day: string, clock: string, confidence?: number, picture?: string}[]} sightings `person`: an
 *   employee code; `picture`: a JPEG file
 */
export async function writeJournal(site, sightings) {
  const people = new Map((await site.api('GET', '/api/employees')).map((one) => [one.employee_id, one.id]))
  await site.kill()
  const database = join(site.folder, 'hadir.db')
  const began = millis(siteDay(40), '00:00')
  const lines = [
    'PRAGMA foreign_keys = ON;',
    `UPDATE persons SET created_at = ${began}, updated_at = ${began};`,
    `INSERT INTO schedules VALUES ('01900000-0000-7000-8000-00000000aaaa', ${began}, '08:00-17:00', '12:00-13:00',
       '0,1,2,3,4,5,6', 15, 'AUTO', 1, 0, NULL, 'test', '', ${began});`,
    `INSERT INTO site_policies VALUES (${began}, 'Asia/Jakarta', 0, 60000, 60000, 60000, 0, 1, 0.7, 0.7, 0.6, 5);`,
  ]
  const days = new Set()
  sightings.forEach(({ person, day, clock, confidence = 0.95, picture }, index) => {
    assert.ok(people.has(person), person)
    days.add(day)
    const id = idOf(index)
    const kept = picture ? `captures/CAM1/${id}.jpg` : ''
    if (picture) {
      mkdirSync(join(site.folder, 'captures/CAM1'), { recursive: true })
      copyFileSync(picture, join(site.folder, kept))
    }
    lines.push(`INSERT INTO sightings (id, camera_id, track, person_id, confidence, similarity, at, pts_ms, box_x, box_y,
      box_width, box_height, frame_width, frame_height, liveness, picture) VALUES (${text(id)}, 'CAM1', ${index + 1},
      ${text(people.get(person))}, ${confidence}, 0.5, ${millis(day, clock)}, 0, 10, 10, 80, 100, 640, 360, NULL, ${text(kept)});`)
  })
  run('sqlite3', ['-bail', database], lines.join('\n'))
  const [from, to] = [[...days].sort()[0], [...days].sort().at(-1)]
  const where = ['--data', site.folder, '--config-dir', site.folder]
  run(process.env.HADIR_BINARY, ['recompute', '--from', from, '--to', to, '--apply', ...where])
  keepCaptures(site, sightings)
  await site.start()
}

/** The pictures of first ins and last outs, which a computation does not make anew, as a running hadir keeps them. */
function keepCaptures(site, sightings) {
  const database = join(site.folder, 'hadir.db')
  sightings.forEach(({ person, day, picture }, index) => {
    if (!picture) return
    const folder = `attendance_captures/${day}/${person}`
    mkdirSync(join(site.folder, folder), { recursive: true })
    for (const end of ['first_in', 'last_out']) {
      const file = `${folder}/${end}.jpg`
      const change = `UPDATE attendances SET ${end}_picture = ${text(file)} WHERE ${end}_sighting = ${text(idOf(index))} RETURNING 1;`
      if (run('sqlite3', ['-bail', database], change).trim()) copyFileSync(picture, join(site.folder, file))
    }
  })
}
