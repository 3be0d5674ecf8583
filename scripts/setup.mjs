/**
 * What a fresh machine may lack, and how it gets it: the packages of the lock file, and a Chromium for the
 * browser suite. Used by `npm run demo` and `npm test`, so only `node:*` may be imported here.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

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

const chromiumPlaces = [
  process.env.MIZAN_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function findChromium() {
  return (
    chromiumPlaces.find((place) => place !== undefined && place !== "" && existsSync(place)) ?? null
  );
}

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync("/etc/os-release", "utf8"));
}

/** The path of a Chromium, installed by apt-get when that is possible; otherwise null and a line that says what to do. */
export function provideChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (isDebianRoot()) {
    console.log("Installing Chromium for the browser suite (apt-get) …");
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    const quiet = { env, stdio: ["ignore", "ignore", "inherit"] };
    run("apt-get", ["update", "-qq"], quiet);
    run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet);
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  console.log(
    "No Chromium found. Install one (Debian: apt-get install chromium) or set MIZAN_CHROMIUM to its path.",
  );
  return null;
}
