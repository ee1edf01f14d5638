// The first page of hadir: it asks the API every two seconds and shows what it says. Everything is put in as text.
"use strict";

const every = 2000;       // ms between questions
const liveStreams = 4;    // browsers hold six connections to one server; further cameras are shown as snapshots
const byId = (id) => document.getElementById(id);

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

async function answerOf(reply) {
  const body = await reply.json();
  if (reply.ok) return body;
  const error = new Error(body.error ? body.error.message : reply.statusText);
  error.status = reply.status;
  throw error;
}

const ask = async (address) => answerOf(await fetch(address, { cache: "no-store" }));

// The token shows that a request that changes something comes from this page.
let csrfToken = "";

const post = async (address, body) => answerOf(await fetch(address, { method: "POST", cache: "no-store",
  headers: { "content-type": "application/json", "x-csrf-token": csrfToken }, body: JSON.stringify(body) }));

// ---- signing in ----------------------------------------------------------------------------------------------------

// A set-up link is /setup#SECRET; what stands behind # was sent to nobody.
const setupToken = () => (location.pathname === "/setup" ? location.hash.slice(1) : "");

function showDoor(isOpen) {
  byId("door").hidden = !isOpen;
  byId("inside").hidden = isOpen;
  byId("sign-out").hidden = isOpen;
  if (!isOpen) return;
  const settingUp = setupToken() !== "";
  const pill = byId("health");
  pill.className = "pill quiet";
  pill.textContent = settingUp ? "Set up" : "Signed out";
  byId("door-title").textContent = settingUp ? "Choose your password" : "Sign in";
  byId("door-text").hidden = !settingUp;
  byId("door-text").textContent = "At least 12 characters, of any kind. The first user chooses a name, too; who was invited leaves it empty.";
  const form = byId("sign-in");
  form.elements.name.required = !settingUp;
  form.elements.password.autocomplete = settingUp ? "new-password" : "current-password";
  form.querySelector("button").textContent = settingUp ? "Set up" : "Sign in";
}

function enter(session) {
  csrfToken = session.csrf_token;
  if (location.pathname !== "/") history.replaceState(null, "", "/");
  showDoor(false);
  refresh();
}

byId("sign-in").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const wrong = byId("door-error");
  wrong.hidden = true;
  const name = form.elements.name.value.trim();
  const password = form.elements.password.value;
  try {
    const token = setupToken();
    const session = token ? await post("/api/auth/setup", { token, name, password }) : await post("/api/auth/login", { name, password });
    form.reset();
    enter(session);
  } catch (error) {
    wrong.textContent = error.message;
    wrong.hidden = false;
  }
});

byId("sign-out").addEventListener("click", async () => {
  try { await post("/api/auth/logout", {}); } finally { location.assign("/"); }
});

// Times come as "2026-01-05T07:55:00.000+07:00", in the site's zone: what stands there is shown, whatever zone the browser is in.
const clockTime = (iso) => iso.slice(11, 16);
const initials = (name) => name.split(/\s+/).filter(Boolean).map((word) => word[0]).filter((_, i, all) => i === 0 || i === all.length - 1).join("").toUpperCase();

function ago(iso, now) {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(iso)) / 1000));
  if (seconds < 10) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return `${Math.floor(seconds / 86400)} d ago`;
}

function lasting(minutes) {
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, "0")} min`;
}

// ---- cameras -------------------------------------------------------------------------------------------------------

const cameraCards = new Map();

function makeCamera(camera) {
  const card = element("figure", "camera");
  const view = element("div", "view");
  const image = element("img");
  image.alt = `Live picture of ${camera.name}`;
  image.hidden = true;
  image.addEventListener("load", () => { image.hidden = false; });
  image.addEventListener("error", () => { image.hidden = true; image.dataset.broken = "yes"; });
  const why = element("p", "why");
  view.append(image, why);
  const caption = element("figcaption");
  const what = element("div", "what");
  const name = element("b", "", camera.name);
  const detail = element("span");
  what.append(name, detail);
  const status = element("span", "pill");
  caption.append(what, status);
  card.append(view, caption);
  byId("cameras").append(card);
  return { card, image, why, detail, status };
}

function showCamera(camera, index) {
  if (!cameraCards.has(camera.id)) cameraCards.set(camera.id, makeCamera(camera));
  const { card, image, why, detail, status } = cameraCards.get(camera.id);
  const online = camera.status === "ONLINE";
  const word = { ONLINE: "Live", CONNECTING: "Connecting", OFFLINE: camera.enabled ? "Offline" : "Off" }[camera.status];
  const kind = { ONLINE: "good live", CONNECTING: "warn", OFFLINE: camera.enabled ? "bad" : "quiet" }[camera.status];
  card.className = `camera ${online ? "on" : "off"}`;
  status.className = `pill ${kind}`;
  status.textContent = word;
  why.textContent = camera.reason || (camera.status === "CONNECTING" ? "Connecting…" : "");
  detail.textContent = [camera.location, online && camera.fps ? `${camera.fps} fps` : "",
    camera.width ? `${camera.width} × ${camera.height}` : "", camera.codec].filter(Boolean).join(" · ") || camera.id;
  const live = index < liveStreams;
  if (online && live && (!image.dataset.live || image.dataset.broken)) {
    image.dataset.live = "yes";
    delete image.dataset.broken;
    image.src = `${camera.stream_url}?t=${Date.now()}`;
  } else if (online && !live) {
    image.src = `${camera.snapshot_url}?t=${Date.now()}`;
  } else if (!online && image.dataset.live) {
    delete image.dataset.live;
    image.removeAttribute("src");
    image.hidden = true;
  }
}

function showCameras(cameras) {
  const grid = byId("cameras");
  if (grid.dataset.count !== String(cameras.length)) {
    grid.dataset.count = cameras.length;
    grid.style.setProperty("--columns", { 1: 1, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3 }[cameras.length] || 4);
  }
  cameras.forEach(showCamera);
  byId("no-cameras").hidden = cameras.length > 0;
  byId("online").textContent = cameras.filter((camera) => camera.status === "ONLINE").length;
  byId("online-of").textContent = `of ${cameras.filter((camera) => camera.enabled).length}`;
}

// ---- attendance ----------------------------------------------------------------------------------------------------

const statusWords = { PRESENT: ["Present", "good"], ABSENT: ["Absent", "quiet"], LATE: ["Late", "warn"],
  LEFT_EARLY: ["Left early", "warn"], ON_LEAVE: ["On leave", "quiet"], HOLIDAY: ["Holiday", "quiet"],
  PENDING_REVIEW: ["To review", "warn"] };
let shownAttendance = "";

function enlarge(address, alt) {
  const dialog = element("dialog");
  const image = element("img");
  image.src = address;
  image.alt = alt;
  dialog.append(image);
  dialog.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function markCell(row, which, label) {
  const cell = element("td");
  cell.dataset.label = label;
  if (!row[which]) {
    cell.className = "none";
    cell.textContent = "–";
    return cell;
  }
  const box = element("div", "mark-at");
  const address = row[`${which}_picture`];
  if (address) {
    const image = element("img");
    image.src = address;
    image.alt = `${row.name}, ${label.toLowerCase()}`;
    image.loading = "lazy";
    image.addEventListener("click", () => enlarge(address, image.alt));
    box.append(image);
  } else {
    box.append(element("i"));
  }
  const text = element("div", "", clockTime(row[which]));
  const confidence = row[`${which}_confidence`];
  text.append(element("span", "", `${row[`${which}_camera`]}${confidence ? ` · ${Math.round(confidence * 100)} %` : ""}`));
  box.append(text);
  cell.append(box);
  return cell;
}

function attendanceRow(row) {
  const line = element("tr", row.first_in ? "" : "absent");
  const who = element("td", "who");
  who.append(element("b", "", row.name), element("span", "", [row.employee_id, row.department].filter(Boolean).join(" · ")));
  const time = element("td", row.duration_minutes === null ? "time none" : "time",
    row.duration_minutes === null ? "–" : lasting(row.duration_minutes));
  time.dataset.label = "Time here";
  const [word, kind] = statusWords[row.status] || [row.status, "quiet"];
  const status = element("td", "status");
  status.append(element("span", `pill ${kind}`, word));
  line.append(who, markCell(row, "first_in", "First in"), markCell(row, "last_out", "Last out"), time, status);
  return line;
}

function showAttendance(report, isToday) {
  const text = JSON.stringify(report);
  if (text === shownAttendance) return;
  shownAttendance = text;
  const rows = [...report.rows].sort((a, b) => (a.first_in ? 0 : 1) - (b.first_in ? 0 : 1));
  byId("attendance").querySelector("tbody").replaceChildren(...rows.map(attendanceRow));
  byId("attendance").hidden = rows.length === 0;
  const empty = byId("no-attendance");
  empty.hidden = rows.length > 0;
  empty.textContent = isToday ? "Nobody is enrolled yet. Enrol somebody with: hadir enroll --name \"Their Name\" photo.jpg"
    : "Nothing is recorded for this day.";
}

// ---- people --------------------------------------------------------------------------------------------------------

function showPeople(people, now) {
  const list = byId("people");
  const sorted = [...people].sort((a, b) => (b.last_seen ? Date.parse(b.last_seen) : 0) - (a.last_seen ? Date.parse(a.last_seen) : 0));
  const lines = sorted.map((person) => {
    const here = person.status === "AVAILABLE";
    const line = element("li", here ? "here" : "away");
    const text = element("div", "text");
    const seen = person.last_seen ? [ago(person.last_seen, now), person.camera && person.camera.name].filter(Boolean).join(" · ") : "not seen yet";
    text.append(element("b", "", person.name), element("span", "when", seen));
    line.append(element("span", "face", initials(person.name)), text, element("span", `pill ${here ? "good live" : "quiet"}`, here ? "Here" : "Away"));
    return line;
  });
  if (lines.length === 0) lines.push(element("li", "empty", "Nobody is enrolled yet."));
  list.replaceChildren(...lines);
}

function showState(state) {
  byId("clock").textContent = `${new Date(state.time.slice(0, 10) + "T12:00:00").toLocaleDateString(undefined, { weekday: "long", day: "numeric", month: "long", year: "numeric" })}, ${state.time.slice(11, 19)}`;
  byId("present").textContent = state.people.present;
  byId("present-of").textContent = `of ${state.people.total}`;
  byId("unknown").textContent = state.unknown.tracks;
  byId("models").textContent = state.system.models.split(";")[0];
  byId("models").title = state.system.models;
  byId("version").textContent = `hadir ${state.system.version}`;
}

function showHealth(health, cameras) {
  const pill = byId("health");
  const troubles = health.items.filter((item) => item.status !== "ok");
  pill.className = `pill ${troubles.length ? "warn" : "good"} live`;
  pill.textContent = troubles.length ? "Needs attention" : "All well";
  const box = byId("trouble");
  box.hidden = troubles.length === 0;
  const title = (part) => (cameras.find((camera) => camera.id === part) || { name: part }).name;
  box.replaceChildren(...troubles.map((item) => {
    const line = element("p");
    line.append(element("b", "", title(item.part)), ` ${item.reason}`);
    return line;
  }));
}

function showLost(error) {
  const pill = byId("health");
  pill.className = "pill bad";
  pill.textContent = "No connection";
  const box = byId("trouble");
  box.hidden = false;
  box.replaceChildren(element("p", "", `hadir does not answer: ${error.message}`));
}

// ---- every two seconds ---------------------------------------------------------------------------------------------

async function refresh() {
  try {
    const day = byId("day");
    const [state, cameras, people, health] = await Promise.all(
      ["/api/tracking/state", "/api/cameras", "/api/employees", "/healthz"].map(ask));
    showState(state);
    showCameras(cameras);
    showPeople(people, state.time);
    showHealth(health, cameras);
    const chosen = day.value;
    const report = await ask(`/api/report/attendance${chosen && chosen !== day.dataset.today ? `?date=${chosen}` : ""}`);
    const isToday = !chosen || chosen === day.dataset.today;
    if (isToday) {
      day.value = day.max = day.dataset.today = report.date;
      byId("seen").textContent = report.rows.filter((row) => row.first_in).length;
      byId("seen-of").textContent = `of ${report.rows.length}`;
    }
    showAttendance(report, isToday);
  } catch (error) {
    if (error.status === 401) return showDoor(true);
    showLost(error);
  }
  setTimeout(refresh, document.hidden ? 5 * every : every);
}

byId("day").addEventListener("change", () => { shownAttendance = ""; });
window.addEventListener("hashchange", () => { if (setupToken()) showDoor(true); });

async function begin() {
  if (setupToken()) return showDoor(true);
  try {
    enter(await ask("/api/auth/session"));
  } catch (error) {
    if (error.status === 401) return showDoor(true);
    showLost(error);
    setTimeout(begin, every);
  }
}
begin();
