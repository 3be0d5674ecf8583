/**
 * Renders the recipe's server component, and prints `{ tree, modules }` as JSON: what the browser is sent, and what
 * the server's bundle is made of.
 *
 * It does in small what a framework does. Modules that begin with `"use client"` are not in the server's bundle, and
 * what they export is there as references, `{ file, name }`. Server components are called until nothing but data
 * remains: references, elements of the host, and their props.
 */
import { readFileSync, rmSync, mkdtempSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");

const clientReferences = {
  name: "client-references",
  setup(context) {
    context.onLoad({ filter: /\.tsx?$/ }, async ({ path }) => {
      if (!/^(?:\/[/*].*\n)*"use client"/.test(readFileSync(path, "utf8"))) return undefined;
      const alone = await build({
        entryPoints: [path],
        format: "esm",
        metafile: true,
        write: false,
      });
      const [{ exports }] = Object.values(alone.metafile.outputs);
      const lines = exports.map(
        (name) => `export const ${name} = ${JSON.stringify({ file: path, name })};`,
      );
      return { contents: lines.join("\n") };
    });
  },
};

const page = `
  import { Suspense } from "react";
  import { uploadedFile } from "@mizan/runtime/server";
  import { createAlbum } from "../album/app.js";
  import { addTo } from "../album/pictures.js";
  import { AlbumPage } from "./album-page.js";

  const isElement = (node) => typeof node === "object" && node !== null && "$$typeof" in node;
  async function toData(node) {
    if (node instanceof Promise) return toData(await node);
    if (Array.isArray(node)) return Promise.all(node.map(toData));
    if (isElement(node)) {
      const { type, key, props } = node;
      if (typeof type === "function") return toData(type(props));
      if (type === Suspense) {
        return { type: { file: "react", name: "Suspense" }, key, props: await toData(props) };
      }
      if (typeof type === "symbol") return toData(props.children);
      return { type, key, props: await toData(props) };
    }
    if (typeof node === "function") throw new Error("a function cannot be sent to the browser");
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node).map(async ([name, value]) => [name, await toData(value)]);
    return Object.fromEntries(await Promise.all(entries));
  }

  const picture = (name) => uploadedFile(new Uint8Array([1]), { name, type: "image/png" });
  async function main() {
    const mizan = createAlbum();
    await addTo(7, picture("anna.png"));
    await addTo(8, picture("berta.png"));
    const tree = <AlbumPage mizan={mizan} headers={{ "x-user": "anna" }} album_id={7} />;
    console.log(JSON.stringify(await toData(tree)));
    await mizan.close();
  }
  void main();`;

const { outputFiles, metafile } = await build({
  absWorkingDir: root,
  stdin: { contents: page, resolveDir: here, loader: "tsx" },
  bundle: true,
  write: false,
  metafile: true,
  platform: "node",
  format: "cjs",
  target: "node20",
  // React's own word for the place: its builds for it have no state, and no contexts.
  conditions: ["react-server"],
  packages: "external",
  jsx: "automatic",
  plugins: [clientReferences],
});
const folder = mkdtempSync(join(tmpdir(), "mizan-server-components-"));
try {
  const file = join(folder, "server.cjs");
  writeFileSync(file, outputFiles[0].text);
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--conditions=react-server", file],
    { encoding: "utf8", env: { ...process.env, NODE_PATH: join(root, "node_modules") } },
  );
  if (status !== 0) throw new Error(stderr);
  const modules = Object.keys(metafile.inputs);
  console.log(JSON.stringify({ tree: JSON.parse(stdout), modules }));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
