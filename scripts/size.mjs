/**
 * What a client costs in a page: minified and gzipped bytes of bundles made by esbuild from the runtime
 * as it is published and a client as `mizan gen` writes it, with React left out.
 *
 *   npm run size             prints a table
 *   npm run size -- --quiet  only what is beyond its budget, for `npm run check`
 *   npm run size -- --json   for `npm run bench`
 *
 * It ends with 1 if anything is. What the server in memory weighs that a browser's tests and stories load is
 * the last row, without the client.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { buildRuntime } from "./runtime.mjs";
import { root } from "./setup.mjs";
import { BUDGETS } from "./size-budgets.mjs";

const VERBS = ["rename", "place", "cancel", "follow", "assign", "close", "reopen", "archive"];
const NOUNS = ["user", "order", "ticket", "comment", "team", "label", "file", "invoice", "report"];
const camel = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const pascal = (name) => camel(`_${name}`);

/** The first function names of a believable contract. */
function take(count) {
  return Array.from({ length: count }, (_, index) => {
    const noun = NOUNS[index % NOUNS.length];
    const verb = VERBS[Math.floor(index / NOUNS.length) % VERBS.length];
    const round = Math.floor(index / (NOUNS.length * VERBS.length));
    return round ? `${verb}_${noun}_${round}` : `${verb}_${noun}`;
  });
}

/** The modules of a generated client that has these functions and the context `user`. */
function client(functions) {
  return {
    "./contract.js": `export const contract = { hash: "3f0c9a7be1d24c58", headerPrefix: "X-Mizan-" };`,
    "./functions.js": [
      `import { functionOf, isErrorOf } from "@mizan/runtime/abi/v1/client";`,
      `import { contract } from "./contract.js";`,
      `const fn = /* @__PURE__ */ functionOf(contract);`,
      ...functions.flatMap((name) => [
        `export const call${pascal(name)} = /* @__PURE__ */ fn("${name}");`,
        `export const is${pascal(name)}Error = /* @__PURE__ */ isErrorOf("${name}");`,
      ]),
    ].join("\n"),
    "./contexts/user.js": [
      `import { contextOf, fetchOf, isReadErrorOf, pagesOf, watchOf } from "@mizan/runtime/abi/v1/client";`,
      `import { contract } from "../contract.js";`,
      `export const userContext = /* @__PURE__ */ contextOf(contract)("user", {`,
      `  user_profile: "user_id:integer", user_orders: "user_id:integer limit:integer?" });`,
      `export const fetchUserContext = /* @__PURE__ */ fetchOf(userContext);`,
      `export const watchUserContext = /* @__PURE__ */ watchOf(userContext);`,
      `export const userOrdersPages = /* @__PURE__ */ pagesOf(userContext, "user_orders", {`,
      `  cursor: "after", limit: "limit", items: "items", next: "next", by: "id" });`,
      `export const isUserContextError = /* @__PURE__ */ isReadErrorOf("user");`,
    ].join("\n"),
    "./react.js": [
      `import { contextHook, infiniteHook, mutationHook, providerOf, rootProvider, slotHook } from "@mizan/runtime/abi/v1/react";`,
      `import { contract } from "./contract.js";`,
      `import { userContext, userOrdersPages } from "./contexts/user.js";`,
      `const hook = /* @__PURE__ */ mutationHook(contract);`,
      `export const MizanContext = /* @__PURE__ */ rootProvider(contract);`,
      `export const UserContext = /* @__PURE__ */ providerOf(userContext);`,
      `export const useUserContext = /* @__PURE__ */ contextHook(userContext);`,
      `export const useUserProfile = /* @__PURE__ */ slotHook(userContext, "user_profile");`,
      `export const useInfiniteUserOrders = /* @__PURE__ */ infiniteHook(userOrdersPages);`,
      ...functions.map(
        (name) => `export const use${pascal(name)} = /* @__PURE__ */ hook("${name}");`,
      ),
    ].join("\n"),
  };
}

async function sizeOf(functions, entry) {
  const modules = { ...client(functions), "entry.js": entry };
  const result = await build({
    entryPoints: ["entry.js"],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2023",
    external: ["react", "react/jsx-runtime"],
    absWorkingDir: root,
    plugins: [
      {
        name: "generated",
        setup(context) {
          context.onResolve({ filter: /^@mizan\/runtime\// }, ({ path }) => ({
            path: join(
              runtime,
              `${path.slice("@mizan/runtime/".length)}${path.includes("/abi/") ? "" : "/index"}.js`,
            ),
            sideEffects: false,
          }));
          context.onResolve({ filter: /./ }, ({ path, namespace, importer }) => {
            if (importer && namespace !== "generated") return undefined;
            const name = path.startsWith("../") ? path.slice(1) : path;
            return { path: name, namespace: "generated", sideEffects: importer === "" };
          });
          context.onLoad({ filter: /./, namespace: "generated" }, ({ path }) => ({
            contents: modules[path],
            resolveDir: root,
          }));
        },
      },
    ],
  });
  return measured(result);
}

/** The whole of what generated `testing.ts` loads of the runtime in a browser. */
async function sizeOfTesting() {
  return measured(
    await build({
      entryPoints: [join(runtime, "browser/abi/v1/testing.js")],
      bundle: true,
      minify: true,
      write: false,
      format: "esm",
      target: "es2023",
      external: ["@mizan/runtime/client"],
    }),
  );
}

function measured({ outputFiles: [file] }) {
  return { bytes: gzipSync(file.contents, { level: 9 }).length, text: file.text };
}

const configure = `import { configure } from "@mizan/runtime/client"; configure({ baseUrl: "/api/mizan" });`;
const hooks = (functions, slotHook = "useUserProfile") =>
  `import { MizanContext, UserContext, ${slotHook}, ${functions.map((name) => `use${pascal(name)}`)} } from "./react.js";
   export const app = [MizanContext, UserContext, ${slotHook},
     ${functions.map((name) => `() => use${pascal(name)}()`).join(",\n")}];`;

const entries = {
  "one call": [
    take(20),
    `${configure} import { callRenameUser } from "./functions.js"; export const done = callRenameUser({ user_id: 5, name: "Ada" });`,
  ],
  "kernel, one watch": [
    take(20),
    `${configure} import { watchUserContext } from "./contexts/user.js"; export const done = watchUserContext({ user_id: 5 });`,
  ],
  "one context hook": [take(20), hooks([])],
  "one context hook and one mutation": [take(20), hooks(take(1))],
  "one list in pages and one mutation": [take(20), hooks(take(1), "useInfiniteUserOrders")],
  "20 functions": [take(20), hooks(take(20))],
  "100 functions": [take(100), hooks(take(100))],
};

const runtime = mkdtempSync(join(tmpdir(), "mizan-size-"));
process.on("exit", () => rmSync(runtime, { recursive: true, force: true }));
if ((await buildRuntime(runtime)) !== 0) process.exit(1);

const sizes = {};
for (const [name, [functions, entry]] of Object.entries(entries)) {
  const { bytes, text } = await sizeOf(functions, entry).catch((error) => ({
    bytes: NaN,
    text: String(error),
  }));
  sizes[name] = bytes;
  if (process.argv.includes(`--print=${name}`)) console.log(text);
}
sizes["each further function"] = (sizes["100 functions"] - sizes["20 functions"]) / 80;
sizes["server in memory, for browsers"] = (await sizeOfTesting()).bytes;

const isQuiet = process.argv.includes("--quiet");
if (process.argv.includes("--json")) {
  console.log(JSON.stringify(sizes, null, 2));
} else {
  for (const [name, bytes] of Object.entries(sizes)) {
    const budget = BUDGETS[name];
    const verdict = !budget
      ? ""
      : bytes <= budget.goal
        ? "ok"
        : bytes <= budget.hard
          ? "over the goal"
          : "TOO BIG";
    const isBeyond = budget && !(bytes <= budget.hard);
    if (isBeyond) process.exitCode = 1;
    if (isQuiet && !isBeyond) continue;
    const goal = budget ? `goal ${Math.round(budget.goal)}` : "";
    console.log(
      `${name.padEnd(36)}${bytes.toFixed(bytes < 100 ? 1 : 0).padStart(7)} B   ${goal.padEnd(12)}${verdict}`,
    );
  }
}
