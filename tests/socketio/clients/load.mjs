// Many clients on one server, some of which hardly read. Prints one line of JSON; exits with 1 when a promise is broken:
// memory stays bounded, a slow client gets fewer frames, and the others get (nearly) all.
//   HADIR_CONFORMANCE=build/socketio-conformance node load.mjs [clients] [slow] [seconds] [least share of a fast one]
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { io } from "socket.io-client";
import { serve } from "./serve.mjs";

const [clients, slow, seconds, leastShare] = [200, 10, 20, 0.9].map((usual, i) => Number(process.argv[i + 2] ?? usual));
const server = await serve("stream", ["--fps", "5", "--bytes", "30000"]);
const cpuSeconds = () => {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

const all = [];
for (let i = 0; i < clients; ++i) {
  // Half of the slow ones, and a few others, acknowledge each frame.
  const socket = io(server.url, { transports: ["websocket"], forceNew: true, reconnection: false, auth: { acknowledge: i % 2 === 1 } });
  const client = { socket, slow: i < slow, frames: 0, newest: 0, notifications: 0, closed: null };
  socket.on("video_frame", (frame, acknowledge) => {
    if (!(frame.jpeg.byteLength === 30_000 || frame.jpeg.length === 30_000)) throw new Error("a frame is damaged");
    ++client.frames;
    client.newest = frame.number;
    acknowledge?.();
  });
  socket.on("notification", () => ++client.notifications);
  socket.on("disconnect", (reason) => (client.closed = reason));
  await once(socket, "connect");
  all.push(client);
}
const observer = all[all.length - 1].socket;
const counters = () => new Promise((resolve) => observer.emit("counters", resolve));

// A slow client takes what arrives off the network for a moment each second.
const stopped = { now: false };
for (const client of all.filter((one) => one.slow)) {
  const network = client.socket.io.engine.transport.ws._socket;
  (async () => {
    while (!stopped.now && !network.destroyed) {
      network.pause();
      await sleep(950);
      network.resume();
      await sleep(50);
    }
    network.resume();
  })();
}

await sleep(1000);
for (const client of all) Object.assign(client, { frames: 0, notifications: 0 });
const begin = await counters();
const cpuBegin = cpuSeconds();
const samples = [];
for (let i = 0; i < seconds; ++i) {
  await sleep(1000);
  samples.push(await counters());
}
const end = samples[samples.length - 1];
const cpu = cpuSeconds() - cpuBegin;
stopped.now = true;

const sent = 2 * (end.sent - begin.sent);
const shares = (some) => some.map((one) => one.frames / sent).sort((a, b) => a - b);
const fast = all.filter((one) => !one.slow);
const report = {
  clients,
  slow,
  seconds,
  frames_sent_to_each: sent,
  fast_share_min: Number(shares(fast)[0].toFixed(3)),
  fast_share_median: Number(shares(fast)[fast.length >> 1].toFixed(3)),
  slow_share_max: Number(shares(all.filter((one) => one.slow)).at(-1)?.toFixed(3) ?? 0),
  fast_closed: fast.filter((one) => one.closed).length,
  notifications_missed_by_fast: Math.max(...fast.map((one) => end.sent - begin.sent - one.notifications)),
  dropped: end.dropped - begin.dropped,
  queued_bytes_max: Math.max(...samples.map((one) => one.queued_bytes)),
  resident_mb_begin: Number(begin.resident_mb.toFixed(1)),
  resident_mb_max: Number(Math.max(...samples.map((one) => one.resident_mb)).toFixed(1)),
  server_cpu_core_share: Number((cpu / seconds).toFixed(3)),
};
console.log(JSON.stringify(report));
for (const client of all) client.socket.disconnect();
await server.stop();

const kept =
  report.fast_closed === 0 &&
  report.fast_share_min >= leastShare &&
  report.slow_share_max <= report.fast_share_median &&
  report.queued_bytes_max < clients * (1 << 20) &&
  report.resident_mb_max - report.resident_mb_begin < 100;
process.exit(kept ? 0 : 1);
