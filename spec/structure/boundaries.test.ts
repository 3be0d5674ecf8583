/**
 * Who may import whom. Each line is an invariant of spec/architecture.md; a file that breaks one is named
 * together with the import.
 */
import { resolveImport, sourcesOf } from "./sources.js";

type Boundary = {
  readonly folder: string;
  /** Prefixes of what may be imported, from the repository's root, or package names. */
  readonly allowed: readonly string[];
  /** Files with a privilege of their own. */
  readonly exceptions?: Readonly<Record<string, readonly string[]>>;
};

const boundaries: readonly Boundary[] = [
  { folder: "ir", allowed: ["ir/"], exceptions: { "ir/parse/": ["kdljs/", "chevrotain"] } },
  {
    folder: "templates",
    allowed: ["templates/", "ir/"],
    exceptions: { "templates/": ["handlebars"] },
  },
  {
    folder: "cli",
    allowed: ["cli/", "ir/", "templates/", "node:", "commander", "chokidar", "prettier"],
  },
  { folder: "runtime/wire", allowed: ["runtime/wire/"] },
  {
    folder: "runtime/client",
    allowed: ["runtime/client/", "runtime/wire/"],
    // The model is for tests, and is not published.
    exceptions: { "runtime/client/model/": ["spec/support/random"] },
  },
  {
    folder: "runtime/react",
    allowed: ["runtime/react/", "runtime/client/", "runtime/wire/", "react"],
  },
  {
    folder: "runtime/devtools",
    allowed: [
      "runtime/devtools/",
      "runtime/client/",
      "runtime/wire/",
      "runtime/react/root",
      "react",
    ],
    exceptions: { "runtime/devtools/mount": ["react-dom/client"] },
  },
  {
    folder: "runtime/server",
    allowed: ["runtime/server/", "runtime/cache/", "runtime/wire/", "node:", "express"],
    exceptions: {
      "runtime/server/identity/tokens/": ["jose"],
      "runtime/server/observing/": ["@opentelemetry/api"],
      "runtime/server/request/": ["@fastify/busboy"],
      // The type of what it makes.
      "runtime/server/adapters/in-process": ["runtime/client/transport"],
    },
  },
  {
    folder: "runtime/cache",
    allowed: ["runtime/cache/", "runtime/wire/", "node:"],
    exceptions: { "runtime/cache/redis/": ["ioredis"] },
  },
  {
    folder: "runtime/testing",
    allowed: ["runtime/testing/", "runtime/server/", "runtime/client/index", "runtime/wire/"],
  },
  { folder: "runtime/abi", allowed: ["runtime/", "zod"] },
];

test.each(boundaries)("$folder imports only what it may", ({ folder, allowed, exceptions }) => {
  const broken: string[] = [];
  const sources = sourcesOf(folder);
  for (const source of sources) {
    const privileges = Object.entries(exceptions ?? {})
      .filter(([prefix]) => source.path.startsWith(prefix))
      .flatMap(([, extra]) => extra);
    for (const specifier of source.imports) {
      const target = resolveImport(source, specifier);
      if (![...allowed, ...privileges].some((prefix) => target.startsWith(prefix))) {
        broken.push(`${source.path} imports ${target}`);
      }
    }
  }
  expect(sources.length).toBeGreaterThan(0);
  expect(broken).toEqual([]);
});

test("a page never gets a line of the server, by whatever way", () => {
  const sources = new Map(sourcesOf("runtime").map((source) => [source.path, source]));
  const entries = ["abi/v1/client", "abi/v1/react", "abi/v1/schemas-mini", "client/index"];
  const reached = new Set(
    [...entries, "react/index", "devtools/index"].map((entry) => `runtime/${entry}.ts`),
  );
  const broken: string[] = [];
  for (const path of reached) {
    const source = sources.get(path);
    for (const specifier of source?.imports ?? [`nothing, as there is no ${path}`]) {
      const target = source ? resolveImport(source, specifier) : specifier;
      const file = target.replace(/\.js$/, ".ts");
      if (target.startsWith("runtime/")) reached.add(sources.has(file) ? file : `${file}x`);
      if (
        !/^(runtime\/(abi|client|devtools|react|wire)\/.*|react(-dom\/client)?|zod\/mini)$/.test(
          target,
        )
      ) {
        broken.push(`${path} imports ${target}`);
      }
    }
  }
  expect(broken).toEqual([]);
  expect(reached).toContain("runtime/wire/formats.ts");
});

test("nothing that a page loads imports what is made for tests", () => {
  const users = [...sourcesOf("generated"), ...sourcesOf("runtime")]
    .filter(({ path }) => !/\/testing(\/|\.ts$)/.test(path))
    .filter(({ imports }) => imports.some((specifier) => /\btesting\b/.test(specifier)));
  expect(users.map(({ path }) => path)).toEqual([]);
});

test("the library for tokens is loaded by servers that see one", () => {
  const users = sourcesOf("runtime").filter(({ imports }) =>
    imports.some((specifier) => specifier.startsWith("jose")),
  );
  const eager = users.filter(({ text }) => /^import (?!type\b)[^;]*"jose/m.test(text));
  expect(users.map(({ path }) => path)).toEqual(["runtime/server/identity/tokens/mwt.ts"]);
  expect(eager).toEqual([]);
});

test("an application that has no OpenTelemetry needs none", () => {
  const [user, ...others] = sourcesOf("runtime").filter(({ imports }) =>
    imports.some((specifier) => specifier.startsWith("@opentelemetry/")),
  );
  expect([user?.path, others]).toEqual(["runtime/server/observing/tracing.ts", []]);
  expect(user?.text).not.toMatch(/^import (?!type\b)[^;]*"@opentelemetry/m);
});

test("a text is asked for its URL in the one way that is right in every Node", () => {
  const users = sourcesOf("runtime").filter(({ text }) => /\bURL\.canParse\(/.test(text));
  expect(users.map(({ path }) => path)).toEqual([]);
});

test("the parser library is reached through one adapter only", () => {
  const users = sourcesOf("ir").filter((source) =>
    source.imports.some((specifier) => /^(kdljs|chevrotain)/.test(specifier)),
  );
  expect(new Set(users.map((source) => source.path.split("/").slice(0, 2).join("/")))).toEqual(
    new Set(["ir/parse"]),
  );
});

test("the compiler and the generator keep no state between runs", () => {
  const stateful = [...sourcesOf("ir"), ...sourcesOf("templates")]
    .filter((source) => /^(export )?let /m.test(source.text))
    .map((source) => source.path);
  expect(stateful).toEqual([]);
});

test("compiler, generator and command line need no type assertion but where text gets its brand", () => {
  const assertion = /[\w)\]}>"] as (?!const\b)(unknown|never|[\w.]*[A-Z]\w*)\s*[<[;),.]/;
  const asserting = ["ir", "cli", "templates"]
    .flatMap((folder) => sourcesOf(folder))
    .filter((source) => !/^ir\/parse\/|^templates\/(text|precompiled)\.ts$/.test(source.path))
    .flatMap((source) =>
      source.text
        .split("\n")
        .filter(
          (line) =>
            assertion.test(line) && !/^\s*(\*|\/[/*]|import|export \{)|["'`].* as /.test(line),
        )
        .map((line) => `${source.path}: ${line.trim()}`),
    );
  expect(asserting).toEqual([]);
});

test("generated code imports the ABI, zod, its siblings, and handlers in mizan.ts alone", () => {
  const folders = ["generated", "examples", "spec/wireapp"];
  const generated = folders
    .flatMap((folder) => sourcesOf(folder))
    .filter((source) => source.text.startsWith("// Generated by mizan"));
  const broken = generated.flatMap((source) => {
    const isClient = !/\/server\/\w+\.ts$/.test(source.path);
    const isOfTests = /\/testing(\/\w+)?\.ts$/.test(source.path);
    const abi = isClient ? /\/(client|react|schemas-mini)$/ : /\/(server|schemas)$/;
    return source.imports
      .filter((specifier) => {
        if (isOfTests) {
          return !/^@mizan\/runtime\/abi\/v1\/testing$|^\.\/(types|testing\/handlers)\.js$/.test(
            specifier,
          );
        }
        if (specifier.startsWith("@mizan/runtime/abi/v1/")) return !abi.test(specifier);
        if (specifier === (isClient ? "zod/mini" : "zod")) return false;
        if (/^\.\.?\//.test(specifier) && isClient) return /server|handlers/.test(specifier);
        return !(specifier.startsWith("./") || source.path.endsWith("/mizan.ts"));
      })
      .map((specifier) => `${source.path} imports ${specifier}`);
  });
  expect(generated.length).toBeGreaterThan(100);
  expect(broken).toEqual([]);
});

test("no test is skipped, focused, or left to be written", () => {
  const paused = ["ir", "cli", "templates", "runtime", "spec"]
    .flatMap((folder) => sourcesOf(folder, { tests: true }))
    .filter((source) => /\.test\.tsx?$/.test(source.path))
    .filter((source) =>
      /\b(test|it|describe)\.(skip|only|todo)\(|\bx(it|test|describe)\(/.test(source.text),
    )
    .map((source) => source.path);
  expect(paused).toEqual([]);
});

test("a long file says in its header why it is long", () => {
  const silent = ["ir", "cli", "templates", "runtime"]
    .flatMap((folder) => sourcesOf(folder))
    .filter((source) => !/^\/[/*]+ (Generated|Compiled) /.test(source.text))
    .filter((source) => source.text.split("\n").length > 300)
    .filter(
      (source) =>
        !/\blong\b|\bone file\b|\bone place\b|\btogether\b/i.test(source.text.slice(0, 2500)),
    )
    .map((source) => `${source.path} (${source.text.split("\n").length} lines)`);
  expect(silent).toEqual([]);
});
