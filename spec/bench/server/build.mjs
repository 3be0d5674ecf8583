/** Bundles the measured servers from the sources; the path of the script. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");

export async function buildSubjects() {
  const outfile = join(root, "node_modules/.cache/mizan/bench-server.mjs");
  await build({
    entryPoints: [join(here, "subjects.ts")],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    alias: { "@mizan/runtime": join(root, "runtime") },
    tsconfig: join(root, "tsconfig.json"),
    logLevel: "warning",
  });
  return outfile;
}
