/** What pages and comments refer to is there: files, folders, headings; and the configuration's example is sound. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { noOverrides, readConfig } from "../../cli/config.js";
import { memoryHost } from "../../cli/testing/memory-host.js";
import { sourcesOf } from "./sources.js";

const root = join(__dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");

const topFolders = [
  "cli",
  "examples",
  "generated",
  "ir",
  "runtime",
  "scripts",
  "spec",
  "templates",
];
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...readdirSync(join(root, "spec")).map((name) => `spec/${name}`),
  ...readdirSync(join(root, "spec/decisions")).map((name) => `spec/decisions/${name}`),
].filter((path) => path.endsWith(".md"));

const sources = ["cli", "ir", "runtime", "spec", "templates"].flatMap((folder) =>
  sourcesOf(folder, { tests: true }).filter(({ path }) => !path.includes("/dist/")),
);
/** Comments one after another, each on one line. */
const commentsOf = (text: string): string =>
  [...text.matchAll(/\/\*\*[^]*?\*\/|^\s*\/\/.*$/gm)]
    .map(([comment]) => comment.replaceAll(/\s*\n\s*(\*|\/\/) ?/g, " "))
    .join("\n");

const headingsOf = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (?:\d+\. )?(.*)$/gm)].map(([, heading = ""]) =>
    heading.replaceAll("`", ""),
  );

/** `a/{b,c}.ts` as `a/b.ts` and `a/c.ts`. */
function expand(path: string): readonly string[] {
  const [whole = "", choices = ""] = /\{([^}]*)\}/.exec(path) ?? [];
  return choices === ""
    ? [path]
    : choices.split(",").flatMap((choice) => expand(path.replace(whole, choice)));
}

test("pages link to files and headings that are there", () => {
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target) && !leads(page, target))
      .map((target) => `${page}: ${target}`),
  );
  expect(broken).toEqual([]);
});

function leads(page: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : join(dirname(page), path);
  if (!existsSync(join(root, file))) return false;
  return (
    anchor === undefined ||
    headingsOf(read(file)).some((heading) => heading.toLowerCase().replaceAll(" ", "-") === anchor)
  );
}

test("pages name paths that are there", () => {
  const missing = pages.flatMap((page) =>
    [...read(page).matchAll(/`([^`\s]+)`/g)]
      .flatMap(([, path = ""]) => expand(path))
      .filter((path) => path.includes("/") && topFolders.includes(path.split("/")[0] ?? ""))
      .filter((path) => !existsSync(join(root, path.replace(/\/[^/]*\*.*$/, "/"))))
      .map((path) => `${page}: ${path}`),
  );
  expect(missing).toEqual([]);
});

test("comments name headings that are there, and no numbers of sections that have none", () => {
  const wrong = sources.flatMap(({ path, text }) =>
    [...commentsOf(text).matchAll(/\b([\w-]+)\.md(,? section \d|(?:(?:,| and) "[^"]+")+)/g)]
      .filter(([, page = "", rest = ""]) => {
        const file = `spec/${page}.md`;
        if (!existsSync(join(root, file))) return true;
        const [number] = /\d+/.exec(rest.replaceAll(/"[^"]*"/g, "")) ?? [];
        if (number !== undefined) return !read(file).includes(`\n## ${number}. `);
        const headings = headingsOf(read(file));
        return [...rest.matchAll(/"([^"]+)"/g)].some(([, name = ""]) => !headings.includes(name));
      })
      .map(([reference]) => `${path}: ${reference}`),
  );
  expect(wrong).toEqual([]);
});

/** Names of a single letter stand for any. */
test("comments name source files that are there", () => {
  const names = new Set(
    [...sources, ...sourcesOf("examples"), ...sourcesOf("generated")].map(({ path }) =>
      basename(path),
    ),
  );
  const wrong = sources.flatMap(({ path, text }) =>
    [...commentsOf(text).matchAll(/`(?:[\w.-]+\/)*([\w-][\w.-]+\.tsx?)`/g)]
      .filter(([, name = ""]) => !names.has(name))
      .map(([reference]) => `${path}: ${reference}`),
  );
  expect(wrong).toEqual([]);
});

test("the configuration that its page shows is sound, and says what its table says", () => {
  const [, text = ""] = /```kdl\n([^]*?)```/.exec(read("spec/configuration.md")) ?? [];
  const host = memoryHost({
    files: { "/project/.git/HEAD": "", "/project/mizan.config.kdl": text },
  });
  const { value, diagnostics } = readConfig(host.files, "/project", noOverrides);
  expect(diagnostics).toEqual([]);
  expect(value).toMatchObject({
    contract: "/project/contract",
    server: { folder: "/project/src/mizan/server", handlers: "/project/src/handlers" },
    clients: [{ folder: "/project/src/mizan/client", react: true, testing: true }],
    format: "prettier",
  });
});
