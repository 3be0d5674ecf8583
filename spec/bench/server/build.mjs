/** Bundles the measured servers from the sources; the path of the script. */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { bundleForNode } from "../bundle.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../../..");

export function buildSubjects() {
  return bundleForNode(join(root, "node_modules/.cache/mizan/bench-server.mjs"), {
    entryPoints: [join(here, "subjects.ts")],
    alias: { "@mizan/runtime": join(root, "runtime") },
    tsconfig: join(root, "tsconfig.json"),
  });
}
