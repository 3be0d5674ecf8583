/** What the benchmarks run in Node, as one module: Node does not read TypeScript. Packages stay outside. */
import { build } from "esbuild";

/** `options` are esbuild's; answers the path of the script. */
export async function bundleForNode(outfile, options) {
  await build({
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20",
    packages: "external",
    logLevel: "warning",
    ...options,
  });
  return outfile;
}
