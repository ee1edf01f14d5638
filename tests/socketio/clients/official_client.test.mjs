// The official client against the live transport. Run by ctest (label conformance) with node --test.
import assert from "node:assert/strict";
import { once } from "node:events";
import { after, before, describe, it } from "node:test";
import { Manager, io } from "socket.io-client";
import { WebSocket } from "ws";
import { serve } from "./serve.mjs";

const patience = { timeout: 60_000 };
let server;
const open = [];

/// A connected socket over the given transports; closed after the suite.
async function connected(path, transports, options = {}) {
  const socket = io(server.url + path, { transports, forceNew: true, reconnection: false, ...options });
  open.push(socket);
  const auth = once(socket, "auth");
  await once(socket, "connect");
  return { socket, auth: (await auth)[0] };
}
const transportOf = (socket) => socket.io.engine.transport.name;

before(async () => (server = await serve("socket")));
after(async () => {
  for (const socket of open) socket.disconnect();
  await server.stop();
});

for (const transports of [["polling"], ["websocket"], ["polling", "websocket"]]) {
  describe(`over ${transports.join(", then ")}`, patience, () => {
    it("connects and passes what it is", async () => {
      const { socket, auth } = await connected("/", transports, { auth: { token: "123" } });
      assert.deepEqual(auth, { token: "123" });
      assert.equal(typeof socket.id, "string");
    });

    it("sends events and binary data, and gets them back", async () => {
      const { socket } = await connected("/", transports);
      const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => i % 251);
      const args = [1, "zwei \u20ac", { nested: [true, null, { deep: -1.5 }] }];
      socket.emit("message", ...args, bytes, { inside: bytes.subarray(0, 3) });
      const back = await once(socket, "message-back");
      assert.deepEqual(back.slice(0, 3), args);
      assert.deepEqual(new Uint8Array(back[3]), bytes);
      assert.deepEqual(new Uint8Array(back[4].inside), bytes.subarray(0, 3));
    });

    it("keeps the order of many events", async () => {
      const { socket } = await connected("/", transports);
      const got = [];
      const all = new Promise((resolve) => socket.on("message-back", (i) => got.push(i) === 500 && resolve()));
      for (let i = 0; i < 500; ++i) socket.emit("message", i);
      await all;
      assert.deepEqual(got, Array.from({ length: 500 }, (_, i) => i));
    });

    it("is acknowledged, and acknowledges", async () => {
      const { socket } = await connected("/", transports);
      const bytes = Uint8Array.from([1, 2, 3]);
      const answer = await new Promise((resolve) => socket.emit("message-with-ack", "a", bytes, (...all) => resolve(all)));
      assert.equal(answer[0], "a");
      assert.deepEqual(new Uint8Array(answer[1]), bytes);
      socket.on("question", (text, acknowledge) => acknowledge(text + "!"));
      socket.emit("ask-me", "why");
      assert.deepEqual(await once(socket, "answered"), ["why!"]);
    });

    it("lives through heartbeats", async () => {
      const { socket } = await connected("/", transports);
      for (let pings = 0; pings < 4; ++pings) await new Promise((resolve) => socket.io.once("ping", resolve));
      assert.ok(socket.connected);
    });
  });
}

describe("a plain WebSocket client", patience, () => {
  // Without a listener of "error" such a client ends its program over a connection that was refused.
  const opened = async (query = "") => {
    const socket = new WebSocket(`${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket${query}`);
    const [first] = await once(socket, query ? "open" : "message");
    return { socket, first };
  };

  for (const packet of ["abc", "4abc", "42{}", "1", "2probe"]) {
    it(`is closed after ${packet}`, async () => {
      const { socket } = await opened();
      socket.send(packet);
      await once(socket, "close");
    });
  }

  it("is closed when it does not connect", async () => {
    const { socket } = await opened();
    socket.on("message", (data) => data.toString() === "2" && socket.send("3"));
    await once(socket, "close");
  });

  it("is closed when the session has a WebSocket already", async () => {
    const handshake = await (await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`)).text();
    const { sid } = JSON.parse(handshake.substring(1));
    const { socket } = await opened(`&sid=${sid}`);
    socket.send("2probe");
    socket.send("5");
    const { status } = await fetch(`${server.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`);
    assert.equal(status, 400);
    const second = new WebSocket(`${server.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket&sid=${sid}`);
    await once(second, "close");
    assert.equal(socket.readyState, WebSocket.OPEN);
    socket.close();
  });

  it("ends a session by cancelling its poll, or by a second one", async () => {
    for (const cancels of [true, false]) {
      const url = `${server.url}/socket.io/?EIO=4&transport=polling`;
      const { sid } = JSON.parse((await (await fetch(url)).text()).substring(1));
      const cancelling = new AbortController();
      const first = fetch(`${url}&sid=${sid}`, { signal: cancelling.signal });
      const settled = first.then((reply) => reply.text(), () => "cancelled");
      await new Promise((resolve) => setTimeout(resolve, 20));
      if (cancels) cancelling.abort();
      assert.equal((await fetch(`${url}&sid=${sid}&t=burst`)).status, 400);
      assert.equal(await settled, cancels ? "cancelled" : "1");
    }
  });
});

describe("the rest of the protocol", patience, () => {
  it("upgrades while events are under way", async () => {
    const { socket } = await connected("/", ["polling", "websocket"]);
    const got = [];
    const all = new Promise((resolve) => socket.on("message-back", (i) => got.push(i) === 200 && resolve()));
    const upgraded = new Promise((resolve) =>
      transportOf(socket) === "websocket" ? resolve() : socket.io.engine.once("upgrade", resolve));
    for (let i = 0; i < 200; ++i) {
      socket.emit("message", i, Uint8Array.of(i));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await Promise.all([all, upgraded]);
    assert.equal(transportOf(socket), "websocket");
    assert.deepEqual(got, Array.from({ length: 200 }, (_, i) => i));
  });

  it("uses two namespaces over one connection, and leaves one", async () => {
    const manager = new Manager(server.url, { transports: ["websocket"], reconnection: false });
    const main = manager.socket("/");
    const custom = manager.socket("/custom", { auth: { room: 7 } });
    open.push(main, custom);
    const [[mainAuth], [customAuth]] = await Promise.all([once(main, "auth"), once(custom, "auth")]);
    assert.deepEqual([mainAuth, customAuth], [{}, { room: 7 }]);
    assert.notEqual(main.id, custom.id);
    custom.disconnect();
    main.emit("message", "still here");
    assert.deepEqual(await once(main, "message-back"), ["still here"]);
  });

  it("is told why it may not enter", async () => {
    for (const [path, message] of [["/random", "Invalid namespace"], ["/closed", "sign in first"]]) {
      const socket = io(server.url + path, { transports: ["websocket"], forceNew: true, reconnection: false });
      open.push(socket);
      const [error] = await once(socket, "connect_error");
      assert.equal(error.message, message);
    }
  });

  it("is put out by the server", async () => {
    const { socket } = await connected("/", ["websocket"]);
    socket.emit("put-me-out");
    assert.deepEqual((await once(socket, "disconnect"))[0], "io server disconnect");
  });

  it("comes back after the server was restarted", async () => {
    const first = await serve("socket");
    for (const transports of [["polling"], ["websocket"]]) {
      const socket = io(first.url, { transports, forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200, auth: { who: "me" } });
      open.push(socket);
      await once(socket, "auth");
      const gone = once(socket, "disconnect");
      await first.stop();
      await gone;
      const again = once(socket, "auth");
      const second = await serve("socket", [], first.port);
      assert.deepEqual((await again)[0], { who: "me" });
      socket.emit("message", "back");
      assert.deepEqual(await once(socket, "message-back"), ["back"]);
      socket.disconnect();
      first.stop = second.stop;
    }
    await first.stop();
  });
});
