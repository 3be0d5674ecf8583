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
  { folder: "runtime/client", allowed: ["runtime/client/", "runtime/wire/"] },
  {
    folder: "runtime/react",
    allowed: ["runtime/react/", "runtime/client/", "runtime/wire/", "react"],
  },
  { folder: "runtime/server", allowed: ["runtime/server/", "runtime/wire/", "node:", "express"] },
  { folder: "runtime/cache", allowed: ["runtime/cache/", "runtime/wire/", "node:"] },
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
