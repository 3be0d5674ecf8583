/** A Redis of our own for a benchmark, on a free port of this machine; null where none is installed. */
import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:net";

const freePort = await new Promise((resolve) => {
  const probe = createServer().listen(0, "127.0.0.1", () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});

export function startRedis() {
  if (spawnSync("redis-server", ["--version"]).status !== 0) return null;
  const options = ["--port", freePort, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"];
  const child = spawn("redis-server", options.map(String), { stdio: "ignore" });
  return {
    url: `redis://127.0.0.1:${freePort}`,
    pause: () => child.kill("SIGSTOP"),
    resume: () => child.kill("SIGCONT"),
    stop: () => child.kill("SIGKILL"),
  };
}
