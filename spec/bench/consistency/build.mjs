/** Bundles pages and server, ours from the built packages, as users get them. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleForNode } from "../bundle.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const peers = join(root, "spec/bench/peers");
// Without the paths of our own tsconfig.json, so that the packages are found where npm has put them.
const tsconfigRaw = { compilerOptions: { jsx: "react-jsx", target: "es2023" } };
/** One React for all. */
const react = Object.fromEntries(
  ["react", "react-dom"].map((name) => [name, join(root, "node_modules", name)]),
);

/** A folder that holds the bundles; inside the repository, so that packages are found from there. */
export function createFolder() {
  const parent = join(root, "node_modules/.cache");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "mizan-bench-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** `entries`: sources by the names of their pages. */
export async function buildPages(folder, entries) {
  await build({
    entryPoints: Object.entries(entries).map(([out, source]) => ({ in: source, out })),
    outdir: folder,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2023",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    alias: { ...react, "orval-page": orvalPage },
    tsconfigRaw,
    logLevel: "warning",
    // Of chunks of the built runtime; where a package is installed, and not linked, nothing is said of that.
    logOverride: { "ignored-bare-import": "silent" },
  });
}

/** The path of the script. */
export function buildServer(folder) {
  return bundleForNode(join(folder, "server.mjs"), {
    entryPoints: [join(root, "spec/bench/consistency/server/main.ts")],
    tsconfigRaw,
  });
}

const orvalPage = join(peers, "node_modules/.cache/mizan/page.ts");

/** Has orval write its client of the plain server. */
export function generateOrval() {
  if (existsSync(orvalPage)) return;
  const orval = join(peers, "node_modules/.bin/orval");
  const args = ["--config", join(peers, "consistency/orval.config.mjs")];
  const { status, stderr } = spawnSync(orval, args, { cwd: peers, encoding: "utf8" });
  if (status !== 0) throw new Error(`orval: ${stderr}`);
}
