/** What is published of the client: short names inside, declarations that show none of them, and it works. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(__dirname, "../..");
let built = "";

beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), "mizan-runtime-"));
  execFileSync("node", ["scripts/build.mjs", "--runtime", built], { cwd: root, stdio: "pipe" });
}, 60_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

test("internal names are neither in the code nor in the declarations", () => {
  const files = ["client", "react", "devtools", "wire"]
    .flatMap((folder) =>
      readdirSync(join(built, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(built, folder, name),
      ),
    )
    .filter((name) => /\.(js|d\.ts)$/.test(name));
  const found = files.filter((file) => /(?<![\w$])_[a-z]/.test(readFileSync(file, "utf8")));
  expect(files.length).toBeGreaterThan(30);
  expect(found).toEqual([]);
});

/** Both ways to have them that the README tells. */
const withDevtools = {
  "as a component": () => `
    import { createElement } from "react";
    import { MizanDevtools } from "${built}/devtools/index.js";
    export const Page = () => import.meta.env.DEV && createElement(MizanDevtools);`,
  mounted: () => `
    if (import.meta.env.DEV) {
      const { mountDevtools } = await import("${built}/devtools/index.js");
      mountDevtools(globalThis.client);
    }`,
};

test.each(Object.entries(withDevtools))(
  "a page with devtools in development, %s, holds nothing of them when it is built",
  async (_, page) => {
    writeFileSync(join(built, "package.json"), readFileSync(join(root, "runtime/package.json")));
    const contents = `${page()}
    export * from "${built}/abi/v1/client.js";
    export * from "${built}/abi/v1/react.js";
    export * from "${built}/client/index.js";
    export * from "${built}/react/index.js";`;
    const inputsOf = async (isDevelopment: boolean): Promise<string> => {
      const { metafile } = await build({
        stdin: { contents, resolveDir: root },
        bundle: true,
        splitting: true,
        outdir: join(built, "page"),
        format: "esm",
        write: false,
        metafile: true,
        logLevel: "error",
        minifySyntax: true,
        define: { "import.meta.env.DEV": String(isDevelopment) },
        external: ["react", "react-dom"],
      });
      const outputs = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.keys(inputs));
      return outputs.join("\n");
    };
    expect(await inputsOf(true)).toContain("devtools/index.js");
    expect(await inputsOf(false)).not.toContain("devtools");
    const others = readdirSync(join(built, "client")).filter((name) => name.endsWith(".js"));
    const texts = others.map((name) => readFileSync(join(built, "client", name), "utf8"));
    // Nor have the parts that pages share taken up some of it.
    expect(texts.filter((text) => text.includes("mizan-devtools"))).toEqual([]);
  },
);

test("calls, reads and effects work with the short names", () => {
  const script = `
    import { contextOf, functionOf, watchOf } from "${built}/abi/v1/client.js";
    import { createClient } from "${built}/client/index.js";
    const contract = { hash: "ours", headerPrefix: "X-Mizan-" };
    let name = "Ada";
    const answers = {
      session: () => ({ csrfToken: "token" }),
      ctx: () => ({ profile: { name } }),
      call: () => ({ result: (name = "Bob"), invalidate: ["user"] }),
    };
    const client = createClient({
      timeoutMs: 0,
      fetch: async (url) => Response.json(answers[url.split("/")[3]]()),
    });
    const handle = watchOf(contextOf(contract)("user", { profile: "" }))({}, { client });
    const shown = new Promise((resolve) =>
      handle.subscribe(() => handle.getState().data?.profile.name === "Bob" && resolve()));
    console.log(await functionOf(contract)("rename")({}, { client }));
    await shown;
    console.log(JSON.stringify(handle.getState().data));
  `;
  const output = execFileSync("node", ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(output).toBe('Bob\n{"profile":{"name":"Bob"}}\n');
});
