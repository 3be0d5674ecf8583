/**
 * What `mizan` runs first. For a plain `mizan gen` it looks whether there is anything to do, with nothing
 * loaded but `node:fs`; for everything else, and whenever it is not sure, it loads the real thing.
 *
 * `build.mjs` makes this and `bin.ts` two CommonJS files, which start 5 ms sooner than modules.
 */
import { nodeFiles } from "./node-files.js";
import { findUpToDate } from "./no-op/is-up-to-date.js";
import type { RunRecord } from "./no-op/record.js";
import { saveRecord } from "./no-op/save.js";
import { isColoured, widthOf, writeAll } from "./streams.js";
import { optimizeLater } from "./tiering.js";

/** Names this very build; set by the bundler. */
declare const MIZAN_BUILD: string;

const argv = process.argv.slice(2);
if (!isDoneByHint(argv)) {
  // Watching lasts long enough for optimized code to pay.
  if (!argv.some((option) => option === "--watch" || option === "-w")) optimizeLater();
  require("./cli.js");
}

/** Whether the command was `gen`, there was nothing to do, and that has been said. */
function isDoneByHint(argv: readonly string[]): boolean {
  const [command, option, ...more] = argv;
  const quiet = option === "--quiet" || option === "-q";
  if (command !== "gen" || more.length > 0 || (option !== undefined && !quiet)) return false;
  try {
    const found = findUpToDate({
      files: nodeFiles,
      cwd: process.cwd(),
      build: MIZAN_BUILD,
      now: Date.now(),
      hash,
    });
    if (found === null || !isMeantForUs(found.record)) return false;
    const { record, path, refreshed } = found;
    if (refreshed !== null) saveRecord(nodeFiles, path, refreshed, process.pid);
    writeAll(2, quiet ? record.said : `${record.said}${record.summary}\n`);
    return true;
  } catch {
    // Whatever is wrong here, the full run says it better.
    return false;
  }
}

/** What was said holds paths, colours and cut lines; where nothing was said, all that does not matter. */
function isMeantForUs({ said, cwd, colour, width }: RunRecord): boolean {
  if (said === "") return true;
  const { stderr, env } = process;
  const isSame = cwd === process.cwd() && width === widthOf(stderr);
  return isSame && colour === isColoured(env, stderr.isTTY);
}

function hash(bytes: Uint8Array): string {
  // Loaded only now: it costs as much as all the rest.
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
