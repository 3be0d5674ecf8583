/**
 * Where a Chromium is, and how one is started: one place for the browser suite, the benchmarks and the pictures.
 * CommonJS, as suites and scripts both load it. `npm test` asks before anything is installed, so playwright is
 * loaded by the launch alone.
 */
const { existsSync } = require("node:fs");

const missing =
  "No Chromium found. Install one (Debian: apt-get install chromium) or set MIZAN_CHROMIUM to its path.";

/** A path, or null. `MIZAN_CHROMIUM` goes before the usual places. */
function findChromium() {
  const places = [
    process.env.MIZAN_CHROMIUM,
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  ];
  return places.find((place) => place !== undefined && place !== "" && existsSync(place)) ?? null;
}

/** A browser without a window; `args` of the command line beside those that every one gets. */
async function launchChromium(args = []) {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(missing);
  const { chromium } = require("playwright-core");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-background-networking",
      ...args,
    ],
  });
}

module.exports = { findChromium, launchChromium, missing };
