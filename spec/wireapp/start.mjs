/** Bundles the probed application, as Node does not read TypeScript, and runs it. `--port` as in main.ts. */
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const outfile = join(root, "node_modules/.cache/mizan/wireapp.mjs");

await build({
  entryPoints: [join(here, "main.ts")],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node20",
  // CommonJS packages: in a bundle of modules they find no `require`.
  external: ["express", "@fastify/busboy"],
  tsconfig: join(root, "tsconfig.json"),
  sourcemap: "inline",
  logLevel: "warning",
});
await import(pathToFileURL(outfile).href);
