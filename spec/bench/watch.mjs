/** From saving one changed field to the last generated file being written, in a contract of 1,000 functions. */
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { writeProject } from "./contract.mjs";
import { median, ms, table, withFolder } from "./measure.mjs";

const saves = 15;

function newestWrite(folder) {
  let newest = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile())
      newest = Math.max(newest, statSync(join(entry.parentPath, entry.name)).mtimeMs);
  }
  return newest;
}

/** Resolves with the next line that says a run ended. */
function nextRun(child) {
  return new Promise((resolve, reject) => {
    let text = "";
    const onExit = () => reject(new Error(`watch ended: ${text}`));
    const onData = (chunk) => {
      text += chunk;
      // `… in 12 ms`, or `… in 2.3 s` for the first one.
      if (!/(?: in |\()[\d.]+ m?s\)?\n/.test(text)) return;
      child.stdout.off("data", onData);
      child.stderr.off("data", onData);
      child.off("exit", onExit);
      resolve(text);
    };
    child.stdout.on("data", onData);
    child.stderr.on("data", onData);
    child.once("exit", onExit);
  });
}

const sleep = (duration) => new Promise((resolve) => setTimeout(resolve, duration));

export async function benchWatch(mizan) {
  const rows = [];
  for (const files of [20, 1]) {
    await withFolder(async (cwd) => {
      const [first] = writeProject(cwd, 1000, files);
      const child = spawn(process.execPath, [mizan, "gen", "--watch"], {
        cwd,
        env: { ...process.env, NO_COLOR: "1" },
      });
      try {
        await nextRun(child);
        await sleep(1500);
        const took = [];
        const original = readFileSync(first, "utf8");
        for (let index = 0; index < saves; index += 1) {
          const done = nextRun(child);
          const saved = Date.now();
          writeFileSync(first, original.replace("note string?", `note_${index} string?`));
          await done;
          await sleep(150);
          took.push(Math.max(newestWrite(join(cwd, "src")), newestWrite(join(cwd, "web"))) - saved);
        }
        took.sort((a, b) => a - b);
        rows.push([files, ms(median(took)), ms(took[Math.floor(took.length * 0.9)])]);
      } finally {
        child.kill("SIGINT");
      }
    });
  }
  table(
    `mizan gen --watch, save to last write, 1,000 functions (${saves} saves)`,
    ["files", "median", "p90"],
    rows,
  );
}
