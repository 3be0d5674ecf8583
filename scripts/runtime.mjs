/**
 * How `@mizan/runtime` is built: declarations and JavaScript by the compiler, then what pages load once more by
 * the bundler, each module once and in few files, with short names for what is internal. No minifier may shorten
 * the name of a property, as it cannot know who else uses it; we do know, and begin those names with an
 * underscore. They are marked as internal too, so that no declaration shows them.
 */
import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { root, run } from "./setup.mjs";

const PAGE_ENTRIES = [
  "client/index",
  "react/index",
  "devtools/index",
  "abi/v1/client",
  "abi/v1/react",
];

/** Writes the package's `dist` to a folder; answers the exit code. */
export async function buildRuntime(folder) {
  const dist = resolve(folder);
  rmSync(dist, { recursive: true, force: true });
  const args = ["--no-install", "tsc", "-p", "runtime/tsconfig.json", "--outDir", dist];
  const code = run("npx", args);
  if (code === 0) await bundlePages(dist);
  if (code === 0) await bundleTesting(dist);
  return code;
}

async function bundlePages(dist) {
  for (const folder of ["client", "react", "devtools"]) {
    const all = readdirSync(join(dist, folder), { recursive: true });
    const modules = all.filter((name) => name.endsWith(".js"));
    for (const name of modules) rmSync(join(dist, folder, name));
  }
  await build({
    absWorkingDir: join(root, "runtime"),
    entryPoints: PAGE_ENTRIES.map((entry) => `${entry}.ts`),
    outbase: ".",
    outdir: dist,
    allowOverwrite: true,
    bundle: true,
    splitting: true,
    chunkNames: "client/[name]-[hash]",
    format: "esm",
    target: "es2023",
    external: ["react", "react-dom"],
    mangleProps: /^_[a-z]/,
    minifySyntax: true,
    logLevel: "warning",
  });
}

/**
 * The server in memory once more, for stories and other pages: without Node, of which it takes what
 * `testing/browser/` has. The client stays outside, as there must be one in a page.
 */
async function bundleTesting(dist) {
  const shims = join(root, "runtime/testing/browser");
  await build({
    absWorkingDir: join(root, "runtime"),
    entryPoints: ["testing/index.ts", "abi/v1/testing.ts"],
    outbase: ".",
    outdir: join(dist, "browser"),
    bundle: true,
    splitting: true,
    chunkNames: "testing/[name]-[hash]",
    format: "esm",
    platform: "browser",
    target: "es2023",
    inject: [join(shims, "buffer.ts")],
    logLevel: "warning",
    plugins: [
      {
        name: "without-node",
        setup(context) {
          context.onResolve({ filter: /^node:/ }, () => ({ path: join(shims, "node.ts") }));
          // So that no bundler looks for what would only be loaded in Node.
          context.onResolve(
            { filter: /^(@fastify\/busboy|jose(\/.+)?|ioredis|@opentelemetry\/api)$/ },
            () => ({ path: join(shims, "absent.ts") }),
          );
          context.onResolve({ filter: /^\.\.\/client\/index\.js$/ }, () => ({
            path: "@mizan/runtime/client",
            external: true,
          }));
        },
      },
    ],
  });
}
