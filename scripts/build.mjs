/**
 * `npm run build`: the executable in `dist/`, and the runtime's JavaScript and declarations in `runtime/dist/`.
 *
 * The command line becomes two CommonJS files: `mizan.js`, which finds out in a few milliseconds whether there
 * is anything to do, and `cli.js` with everything else. All dependencies are inside, prettier aside: a project
 * that has its own gets its own, and most have.
 *
 * `node scripts/build.mjs --cli <folder>` makes the executable alone, somewhere else: tests run it there.
 * `--runtime <folder>` does the same for the runtime.
 */
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { buildRuntime } from "./runtime.mjs";
import { root } from "./setup.mjs";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
/** Stands in the code until its hash is known. */
const placeholder = "build-to-be-named";

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20.19",
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  define: {
    MIZAN_VERSION: JSON.stringify(version),
    MIZAN_BUILD: JSON.stringify(placeholder),
  },
  write: false,
  logLevel: "warning",
};

async function bundle(entry, options) {
  const { outputFiles } = await build({ ...shared, entryPoints: [entry], ...options });
  return outputFiles[0].text;
}

async function buildCli(dist) {
  const cli = await bundle("cli/bin.ts", { external: ["prettier"] });
  const launcher = await bundle("cli/launcher.ts", {
    external: ["./cli.js"],
    banner: { js: "#!/usr/bin/env node" },
  });
  const name = createHash("sha256").update(launcher).update(cli).digest("hex").slice(0, 16);
  const named = (text) => text.replaceAll(placeholder, name);
  rmSync(dist, { recursive: true, force: true });
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, "cli.js"), named(cli));
  writeFileSync(join(dist, "mizan.js"), named(launcher));
  chmodSync(join(dist, "mizan.js"), 0o755);
  writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
  cpSync(join(root, "cli/init/starter"), join(dist, "starter"), { recursive: true });
}

const [option, folder] = process.argv.slice(2);
if (option === "--cli" && folder !== undefined) {
  await buildCli(folder);
} else if (option === "--runtime" && folder !== undefined) {
  process.exitCode = await buildRuntime(folder);
} else {
  await buildCli(join(root, "dist"));
  process.exitCode = await buildRuntime(join(root, "runtime/dist"));
}
