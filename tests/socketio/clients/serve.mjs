// Starts the conformance program on a port of its own and waits until it answers.
import { spawn } from "node:child_process";
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

const program = process.env.HADIR_CONFORMANCE;
if (!program) throw new Error("HADIR_CONFORMANCE names the program under test");

export async function unusedPort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

export async function serve(mode, options = [], port = undefined) {
  port ??= await unusedPort();
  const child = spawn(program, ["--mode", mode, "--port", String(port), ...options], { stdio: "ignore" });
  while (!(await answers(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await sleep(10);
  }
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill();
      await once(child, "exit");
    }
  };
  process.on("exit", () => child.kill());
  return { port, url: `http://127.0.0.1:${port}`, pid: child.pid, stop };
}
