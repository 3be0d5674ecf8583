/**
 * What a fresh machine may lack, and how it gets it: the packages of the lock file, a Chromium for the
 * browser suite, and a Redis for those of the cache. Used by `npm run demo` and `npm test`, so only `node:*` may be
 * imported here.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findChromium, missing } from "./chromium.cjs";

export const root = fileURLToPath(new URL("..", import.meta.url));

/** Runs a command with its output on this terminal; answers its exit code. */
export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) {
    console.error(`cannot run ${command}: ${result.error.message}`);
    return 127;
  }
  return result.status ?? 1;
}

/** Refuses a Node that is too old before anything cryptic happens. */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Mizan needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(2);
}

/** Installs the locked packages unless they are there already. */
export function installPackages() {
  const lock = join(root, "package-lock.json");
  const installed = join(root, "node_modules/.package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  console.log("Installing packages (npm ci) …");
  const code = run("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
  if (code === 0) return;
  console.error("npm ci failed: see its message above.");
  process.exit(code);
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** By apt-get where that is possible, quietly. */
function installPackage(name, why) {
  if (!isDebianRoot()) return;
  console.log(`Installing ${name} for ${why} (apt-get) …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
  run("apt-get", ["update", "-qq"], quiet);
  run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", name], quiet);
}

/** The path of a Chromium, installed where that is possible; otherwise null and a line that says what to do. */
export function provideChromium() {
  if (findChromium() === null) installPackage("chromium", "the browser suite");
  const found = findChromium();
  if (found === null) console.log(missing);
  return found;
}

/** The oldest that the suites start clusters with. */
const OLDEST_REDIS = 7;

function findRedis() {
  const named = process.env.MIZAN_REDIS_SERVER;
  const command = named === undefined || named === "" ? "redis-server" : named;
  const { stdout } = spawnSync(command, ["--version"], { encoding: "utf8" });
  const major = Number(/v=(\d+)\./.exec(stdout ?? "")?.[1] ?? 0);
  return major >= OLDEST_REDIS ? command : null;
}

/** How a Redis server is started, installed where that is possible; otherwise null and a line that says what to do. */
export function provideRedis() {
  if (findRedis() === null) installPackage("redis-server", "the suites of the cache");
  const found = findRedis();
  if (found === null) {
    console.log(
      `No Redis ${OLDEST_REDIS} or newer found. Install one (Debian: apt-get install redis-server) or set MIZAN_REDIS_SERVER to the path of redis-server.`,
    );
  }
  return found;
}
