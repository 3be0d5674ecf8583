/**
 * What a client costs a page: minified and gzipped bytes of bundles made by esbuild, React left out. Each peer
 * as its documentation has it; ours by `npm run size`, from the runtime as it is published.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Bytes by row: `call`, `read`, `mutation`, `twenty`, `further`. */
export async function measureSizes({ say = () => {} }) {
  const { byHand } = await import("./peers/sizes/by-hand.mjs");
  const { byTypes } = await import("./peers/sizes/by-types.mjs");
  const { byGenerator, generate } = await import("./peers/sizes/by-generator.mjs");
  const { take } = await import("./peers/sizes/names.mjs");
  const parent = at("./peers/node_modules/.cache");
  mkdirSync(parent, { recursive: true });
  const folder = mkdtempSync(join(parent, "mizan-sizes-"));
  try {
    generate(folder);
    const rows = [{ title: "Mizan", isOurs: true, ...ownSizes() }];
    for (const { title, call, page } of [...byHand, ...byTypes, ...byGenerator]) {
      const sizeOf = (count) => bytesOf(folder, page(take(count)));
      const [twenty, hundred] = [await sizeOf(20), await sizeOf(100)];
      rows.push({
        title,
        isOurs: false,
        call: await bytesOf(folder, call),
        read: await sizeOf(0),
        mutation: await sizeOf(1),
        twenty,
        further: (hundred - twenty) / 80,
      });
      say(title);
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function ownSizes() {
  const { stdout, stderr } = spawnSync(process.execPath, [at("../../scripts/size.mjs"), "--json"], {
    encoding: "utf8",
  });
  if (!stdout.startsWith("{")) throw new Error(`npm run size: ${stdout}${stderr}`);
  const sizes = JSON.parse(stdout);
  return {
    call: sizes["one call"],
    read: sizes["one context hook"],
    mutation: sizes["one context hook and one mutation"],
    twenty: sizes["20 functions"],
    further: sizes["each further function"],
  };
}

async function bytesOf(folder, contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder, loader: "js" },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2023",
    external: ["react", "react-dom", "react/jsx-runtime"],
    define: { "process.env.NODE_ENV": '"production"' },
    tsconfigRaw: {},
    logLevel: "error",
  });
  return gzipSync(outputFiles[0].contents, { level: 9 }).length;
}
