/** For tests: a module in a process of its own, as the test runner takes unhandled rejections for failed tests. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { buildSync } from "esbuild";

/** Runs a module whose imports are relative to `runtime/client`. The answer is what it printed, line by line. */
export function runApart(contents: string): string[] {
  const resolveDir = join(__dirname, "../../runtime/client");
  const { outputFiles } = buildSync({
    stdin: { resolveDir, loader: "ts", contents },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-"], {
    input: outputFiles[0]?.text,
    encoding: "utf8",
  });
  return [...stdout.split("\n"), ...stderr.split("\n")].filter((line) => line !== "");
}
