/** The short form of the server's soak, as `npm run soak -- --server --short` runs it: a process of its own. */
import { spawn } from "node:child_process";
import { join } from "node:path";

const SEED = 1;

test("several processes in trouble keep what the server promises", async () => {
  const script = join(__dirname, "../../scripts/soak.mjs");
  const args = [script, "--server", "--short", "--seed", String(SEED)];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text: Buffer) => (said += String(text)));
  }
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining("no faults") });
}, 120_000);
