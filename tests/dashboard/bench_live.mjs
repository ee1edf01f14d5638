// What the live page costs with four cameras: HADIR_BINARY=build/hadir node tests/dashboard/bench_live.mjs [MINUTES]
import { demoPersonAndClip, startSite } from './support/site.mjs'
import { startBrowser } from './support/browser.mjs'

const minutes = Number(process.argv[2] ?? 10)
const site = await startSite({ parameters: { loop: true } })
await site.signUp()
for (let count = (await site.api('GET', '/api/cameras')).length; count < 4; ++count)
  await site.api('POST', '/api/cameras', { name: `Camera ${count + 1}`, rtsp_url: demoPersonAndClip().clip, enabled: true })
const browser = await startBrowser()
const page = await browser.open(site)
let frames = 0
page.on('websocket', (socket) =>
  socket.on('framereceived', ({ payload }) => {
    // A frame's picture is a binary message of its own.
    if (typeof payload !== 'string') ++frames
  }),
)
await page.goto('/live')
await page.getByText('In view:').first().waitFor()
const devtools = await page.context().newCDPSession(page)
await devtools.send('Performance.enable')

async function heap() {
  await devtools.send('HeapProfiler.collectGarbage')
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 2 ** 20
}

console.log('minute  frames/s  renderer: cores  MiB  heap MiB   GPU process: cores  MiB')
let [before, framesBefore, at] = [await browser.processes(), frames, performance.now()]
for (let minute = 1; minute <= minutes; ++minute) {
  await page.waitForTimeout(60_000)
  const now = await browser.processes()
  const seconds = (performance.now() - at) / 1000
  const cores = (type) => ((now[type].cpu - before[type].cpu) / seconds).toFixed(2)
  const mebibytes = (type) => now[type].mebibytes.toFixed(0)
  const rate = ((frames - framesBefore) / seconds).toFixed(1)
  const row = [minute, rate, cores('renderer'), mebibytes('renderer'), (await heap()).toFixed(1), cores('GPU'), mebibytes('GPU')]
  console.log(row.join('\t'))
  ;[before, framesBefore, at] = [await browser.processes(), frames, performance.now()]
}
await browser.close()
await site.stop()
