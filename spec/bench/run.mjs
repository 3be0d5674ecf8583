/**
 * `npm run bench [generation|watch|size|server|outage|instances|peers …]`: measures and prints; asserts nothing. Everything is compared with
 * something measured in the same run, because absolute times say little on a shared machine. `peers`, which takes
 * minutes and installs a lot, is measured only where it is named; `node spec/bench/peers.mjs --help` has its parts.
 */
import { fileURLToPath } from "node:url";
import { spawnSync } from "node:child_process";
import { benchGeneration } from "./generation.mjs";
import { benchInstances } from "./instances.mjs";
import { benchOutage } from "./outage.mjs";
import { benchWatch } from "./watch.mjs";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const mizan = at("../../dist/mizan.js");
const script = (path) => () => {
  const { status } = spawnSync(process.execPath, [at(path)], { stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
};

const parts = {
  generation: () => benchGeneration(mizan),
  watch: () => benchWatch(mizan),
  size: script("../../scripts/size.mjs"),
  server: script("./server.mjs"),
  outage: benchOutage,
  instances: benchInstances,
  peers: script("./peers.mjs"),
};

const chosen = process.argv.slice(2);
const unknown = chosen.filter((name) => !Object.hasOwn(parts, name));
if (unknown.length > 0) {
  console.error(`no such part: ${unknown.join(", ")}; there are ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}
console.log(`Node ${process.version} on ${process.platform} ${process.arch}`);
const usual = Object.keys(parts).filter((name) => name !== "peers");
for (const name of chosen.length > 0 ? chosen : usual) await parts[name]();
