/** The hint that there is nothing to do: taken when nothing changed, and never when anything did. */
import type { Installation } from "../installation.js";
import { main } from "../main.js";
import { memoryHost, type MemoryHost } from "../testing/memory-host.js";
import type { Formatter } from "../format/formatter.js";
import { hashOf } from "../write/fingerprint.js";
import { findUpToDate, type UpToDate } from "./is-up-to-date.js";
import { parseRecord, recordName } from "./record.js";
import { saveRecord } from "./save.js";

const installation: Installation = { version: "1", build: "b", pages: "/", starter: "/" };
const path = `/project/node_modules/.cache/mizan/${recordName}`;

const formatter: Formatter = {
  version: "3.0.0",
  resolveOptions: () => Promise.resolve({}),
  resolveConfigFile: (file) =>
    Promise.resolve(file.startsWith("/project/web") ? "/project/.prettierrc" : null),
  format: (text) => Promise.resolve(text),
  forget: () => Promise.resolve(),
};

const files = {
  "/project/.git/HEAD": "",
  "/project/package.json": "{}",
  "/project/.prettierrc": '{ "semi": true }',
  "/project/mizan.config.kdl": 'server "src/mizan/server"\nclient "web/mizan"\n',
  "/project/contract/a.kdl": "type A a=integer\ncontext c {\n    function f -> A\n}\n",
  "/project/contract/deep/b.kdl": "function g -> boolean\n",
};

async function generated(
  more: Readonly<Record<string, string>> = {},
  ...argv: string[]
): Promise<MemoryHost> {
  const host = memoryHost({ files: { ...files, ...more }, formatter });
  expect(await main(["gen", ...argv], host, installation)).toBe(0);
  return host;
}

/** `now` lies after all changes so far, unless told otherwise. */
function ask(host: MemoryHost, build = "b", now = host.clock.now() + 1000): UpToDate | null {
  return findUpToDate({ files: host.files, cwd: host.machine.cwd, build, now, hash: hashOf });
}

function contentsRead(host: MemoryHost, action: () => void): readonly string[] {
  const from = host.reads.length;
  action();
  return host.reads
    .slice(from)
    .filter(
      ({ verb, path: read }) => verb === "read" && read !== path && !read.endsWith("package.json"),
    )
    .map(({ path: read }) => read);
}

test("says what a full run says", async () => {
  const host = await generated();
  const before = host.stderr().length;
  await main(["gen"], host, installation);
  expect(`${ask(host)?.record.summary ?? ""}\n`).toBe(host.stderr().slice(before));
});

test("reads contents once after a write, then trusts times", async () => {
  const host = await generated();
  let first: UpToDate | null = null;
  // Everything was written within the run that noted it: a change right behind it might not show.
  expect(contentsRead(host, () => (first = ask(host))).length).toBeGreaterThan(5);
  const { refreshed } = first ?? { refreshed: null };
  if (refreshed === null) throw new Error("contents were read for nothing");
  saveRecord(host.files, path, refreshed, 1);
  expect(contentsRead(host, () => expect(ask(host)?.refreshed).toBeNull())).toEqual([]);
});

describe("is not taken when", () => {
  const put = (file: string, text: string) => (host: MemoryHost) =>
    host.put(`/project/${file}`, text);
  const drop = (file: string) => (host: MemoryHost) => host.drop(`/project/${file}`);

  test.each<[string, (host: MemoryHost) => void]>([
    [
      "a contract file changed",
      put("contract/a.kdl", "type A a=number\ncontext c {\n    function f -> A\n}\n"),
    ],
    [
      "a contract file changed, of the same size",
      put("contract/deep/b.kdl", "function h -> boolean\n"),
    ],
    ["a contract file came", put("contract/c.kdl", "")],
    ["a contract file came in a new folder", put("contract/new/c.kdl", "")],
    ["a contract file went", drop("contract/deep/b.kdl")],
    ["the contract went", drop("contract")],
    ["the configuration changed", put("mizan.config.kdl", 'client "web/mizan"\n')],
    [
      "a nearer configuration came",
      (host) => host.putLink("/project/mizan.config.kdl", "/nowhere"),
    ],
    ["a generated file changed", put("web/mizan/types.ts", "// mine\n")],
    ["a generated file went", drop("web/mizan/types.ts")],
    ["a generated file became a folder", put("web/mizan/types.ts/x", "")],
    ["a manifest changed", put("web/mizan/.mizan-manifest.json", "{}")],
    ["a handler went", drop("src/handlers/g.ts")],
    ["the handlers went", drop("src/handlers")],
    ["prettier's options changed", put(".prettierrc", '{ "semi": false }')],
    ["prettier got options", put("web/.prettierrc", "{}")],
    ["prettier got options beside a context", put("web/mizan/contexts/.prettierrc", "{}")],
    ["package.json changed", put("package.json", '{ "prettier": {} }')],
    ["the project grew", put("../.git/HEAD", "")],
    ["the note is gone", drop("node_modules")],
    ["the note is damaged", put("node_modules/.cache/mizan/last-run.json", "{")],
    ["the note is another's", put("node_modules/.cache/mizan/last-run.json", '{"build":"b"}')],
  ])("%s", async (name, change) => {
    const host = await generated();
    expect(ask(host)).not.toBeNull();
    if (name === "the project grew") host.drop("/project/.git");
    if (name === "a generated file became a folder") host.drop("/project/web/mizan/types.ts");
    change(host);
    expect(ask(host)).toBeNull();
  });

  test("another build of mizan asks", async () => {
    expect(ask(await generated(), "c")).toBeNull();
  });

  test("a file changed within the clock tick of the run, to the same size", async () => {
    const host = await generated();
    const file = "/project/contract/deep/b.kdl";
    const entry = host.files.look(file);
    host.put(file, "function h -> boolean\n");
    // A disk whose times are too coarse to show it.
    const coarse = {
      ...host.files,
      look: (at: string) => (at === file ? entry : host.files.look(at)),
    };
    const question = { files: coarse, cwd: "/project", build: "b", now: 0, hash: hashOf };
    expect(findUpToDate(question)).toBeNull();
  });
});

describe("is taken although", () => {
  test.each<[string, (host: MemoryHost) => void]>([
    [
      "a file was written anew with the same content",
      (host) => host.put("/project/contract/a.kdl", files["/project/contract/a.kdl"]),
    ],
    [
      "a handler was filled in",
      (host) => host.put("/project/src/handlers/g.ts", "export const g = 1;\n"),
    ],
    ["a stranger came to the handlers", (host) => host.put("/project/src/handlers/x.ts", "")],
    ["a stranger came to the contract", (host) => host.put("/project/contract/notes.md", "")],
    ["an editor keeps a file of its own", (host) => host.put("/project/contract/.a.kdl.swp", "")],
  ])("%s", async (_, change) => {
    const host = await generated();
    change(host);
    expect(ask(host)).not.toBeNull();
  });
});

describe("is not even noted by a run", () => {
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["with values of its own", {}, ["--client", "web/mizan"]],
    ["that may use no notes", {}, ["--no-cache"]],
    ["that writes nothing", {}, ["--dry-run"]],
    ["whose prettier options are a program", { "/project/prettier.config.js": "" }, []],
    [
      "whose prettier options are in a package",
      { "/project/.prettierrc": '"@team/prettier-config"' },
      [],
    ],
  ])("%s", async (name, more, argv) => {
    const program: Formatter = {
      ...formatter,
      resolveConfigFile: () => Promise.resolve("/project/prettier.config.js"),
    };
    const host = memoryHost({
      files: { ...files, ...more },
      formatter: name.includes("program") ? program : formatter,
    });
    await main(["gen", ...argv], host, installation);
    expect(host.files.look(path)).toBeNull();
  });

  test("that lists an orphan, which may go at any time", async () => {
    const host = await generated();
    host.drop(path);
    host.put("/project/contract/deep/b.kdl", "function gone -> boolean\n");
    await main(["gen"], host, installation);
    expect(host.files.look(path)).toBeNull();
  });
});

test("keeps what was said about the contract", async () => {
  const host = await generated({ "/project/contract/w.kdl": "type Unused a=integer\n" });
  expect(ask(host)?.record).toMatchObject({
    said: expect.stringContaining("warning[MZ") as unknown,
    cwd: "/project",
    colour: false,
    width: 100,
  });
});

test.each(["", "null", "[]", "{}", '{"files":[{}]}', "[".repeat(1e5)])(
  "%j is no record",
  (text) => {
    expect(parseRecord(text)).toBeNull();
  },
);
