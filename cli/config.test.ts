/** Configurations, right and wrong, on a disk in memory. */
import { defaultHandlers, noOverrides, readConfig, type Overrides } from "./config.js";
import { findConfig, findCache, findProject } from "./config/find.js";
import { memoryHost, type MemoryHostOptions } from "./testing/memory-host.js";
import { renderPretty } from "./report/pretty.js";
import { plainStyle } from "./report/style.js";

const file = "/project/mizan.config.kdl";

function read(
  text: string | null,
  { overrides = {}, ...options }: MemoryHostOptions & { overrides?: Partial<Overrides> } = {},
): ReturnType<typeof readConfig> {
  const files = {
    "/project/.git/HEAD": "",
    ...(text === null ? {} : { [file]: text }),
    ...options.files,
  };
  const host = memoryHost({ ...options, files });
  return readConfig(host.files, host.machine.cwd, { ...noOverrides, ...overrides });
}

function codes(answer: ReturnType<typeof readConfig>): readonly string[] {
  return answer.diagnostics.map(({ code }) => code);
}

/** The text that a diagnostic points at. */
function pointed(answer: ReturnType<typeof readConfig>): readonly (string | null)[] {
  const source = answer.sources[0]?.text ?? "";
  return answer.diagnostics.map(({ primary }) =>
    primary === null ? null : source.slice(primary.span.start, primary.span.end),
  );
}

describe("a sound configuration", () => {
  test("says everything", () => {
    const { value, diagnostics } = read(`
      contract "api" // a folder
      server "src/mizan/server" { handlers "src/do" }
      client "web/src/mizan" { target "react"; target "testing" }
      client "admin/mizan"
      format "none"
    `);
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({
      file,
      folder: "/project",
      contract: "/project/api",
      server: { folder: "/project/src/mizan/server", handlers: "/project/src/do" },
      clients: [
        { folder: "/project/web/src/mizan", react: true, testing: true },
        { folder: "/project/admin/mizan", react: false, testing: false },
      ],
      format: "none",
      project: "/project",
      cache: "/project/node_modules/.cache/mizan",
    });
  });

  test("or leaves it to the defaults", () => {
    expect(read('server "src/mizan/server"').value).toMatchObject({
      contract: "/project/contract",
      server: { handlers: "/project/src/handlers" },
      clients: [],
      format: "prettier",
    });
  });

  test.each([
    ["/p/src/mizan/server", "/p/src/handlers"],
    ["/p/src/mizan", "/p/src/handlers"],
    ["/p/mizan", "/p/handlers"],
    ["/p/mizan/a/mizan/b", "/p/mizan/a/handlers"],
    ["/p/server", "/p/handlers"],
    ["/mizan/server", "/handlers"],
    ["/other/mizan/server", "/other/handlers"],
  ])("handlers of %s go to %s", (server, handlers) => {
    expect(defaultHandlers(server, "/p")).toBe(handlers);
  });

  test("handlers stay with a configuration below a folder that is called mizan", () => {
    const inside = (text: string, files = {}): ReturnType<typeof readConfig> => {
      const host = memoryHost({ files: { "/mizan/app/mizan.config.kdl": text, ...files } });
      return readConfig(host.files, "/mizan/app", noOverrides);
    };
    const beside = { server: { handlers: "/mizan/app/src/handlers" } };
    expect(inside('server "src/server"').value).toMatchObject(beside);
    expect(inside('server "src/server"', { "/.git/HEAD": "" }).value).toMatchObject(beside);
    expect(inside('server "s"').value).toMatchObject({
      server: { handlers: "/mizan/app/handlers" },
    });
  });

  test("is found from below, and paths count from it", () => {
    const { value } = read('client "web"', { cwd: "/project/a/b" });
    expect(value?.clients[0]?.folder).toBe("/project/web");
  });

  test("may be empty but for what the command line says, whose paths count from the working directory", () => {
    const { value } = read("", {
      cwd: "/project/a",
      overrides: {
        contract: "../c.kdl",
        server: "s",
        handlers: "h",
        clients: ["x", "y"],
        targets: ["react"],
        format: "none",
      },
    });
    expect(value).toMatchObject({
      contract: "/project/c.kdl",
      server: { folder: "/project/a/s", handlers: "/project/a/h" },
      clients: [
        { folder: "/project/a/x", react: true },
        { folder: "/project/a/y", react: true },
      ],
      format: "none",
    });
  });

  test("is not needed when the command line says where to write", () => {
    const { value } = read(null, { overrides: { clients: ["web"] } });
    expect(value).toMatchObject({ file: null, contract: "/project/contract" });
  });

  test("may be named", () => {
    const { value } = read(null, {
      files: { "/project/conf/other.kdl": 'client "web"' },
      overrides: { config: "conf/other.kdl" },
    });
    expect(value?.clients[0]?.folder).toBe("/project/conf/web");
  });
});

describe("what is wrong", () => {
  test.each([
    ['clinet "web"', "MZ7002", "clinet", "did you mean `client`?"],
    [
      'wat 1; client "web"',
      "MZ7002",
      "wat",
      "known here: `contract`, `server`, `client`, `format`",
    ],
    ['server "s" { handler "h" }', "MZ7002", "handler", "did you mean `handlers`?"],
    ['server "s"; handlers "h"', "MZ7002", "handlers", "it stands in the block of `server`"],
    ['client "c"; target "react"', "MZ7002", "target", "it stands in the block of `client`"],
    ['client "c" { handlers "h" }', "MZ7002", "handlers", "it stands in the block of `server`"],
    ['client "a" "b"', "MZ7003", '"b"', null],
    ['client "a" react=#true', "MZ7003", "react=#true", 'write `client "a" { target "react" }`'],
    ['client "a" vue=#true', "MZ7003", "vue=#true", null],
    ['contract "c" { x }; client "a"', "MZ7003", "x", null],
    ["client", "MZ7004", "client", 'for example `client "web/src/mizan"`'],
    ["client 5", "MZ7004", "5", 'for example `client "web/src/mizan"`'],
    ['client "c" { target }', "MZ7004", "target", 'for example `target "react"`'],
    ['client "c"; format #false', "MZ7004", "#false", 'for example `format "none"`'],
    ['client ""', "MZ7004", '""', null],
    ['client "web\\src"', "MZ7004", '"web\\src"', 'write `"web/src"`'],
    ['client "web\\ui"', "MZ7004", '"web\\ui"', 'write `"web/ui"`'],
    ['client "web\\\\ui"', "MZ7004", '"web\\\\ui"', 'write `"web/ui"`'],
    ['client #"web\\ui\\"#', "MZ7004", '#"web\\ui\\"#', 'write `"web/ui/"`'],
    ["client #null", "MZ7004", "#null", null],
    ['client "c" { target "raect" }', "MZ7004", '"raect"', "did you mean `react`?"],
    ['client "c" { target "test" }', "MZ7004", '"test"', null],
    ['client "c" { target "testing"; target "testing" }', "MZ7005", "target", null],
    ['client "c" { target "__proto__" }', "MZ7004", '"__proto__"', null],
    ['client "c" { target "react" "testing" }', "MZ7003", '"testing"', null],
    ['client "c"; format "prettir"', "MZ7004", '"prettir"', "did you mean `prettier`?"],
    ['client "c"; format "x"; format "none"', "MZ7004", '"x"', null],
    ['contract "a"; contract "b"; client "c"', "MZ7005", "contract", null],
    ['server "s" { handlers "a"; handlers "b" }', "MZ7005", "handlers", null],
    ['client "../web"', "MZ7006", '"../web"', "choose a folder within it, or pass --allow-outside"],
    ['client "/web"', "MZ7006", '"/web"', "choose a folder within it, or pass --allow-outside"],
    ['contract "../c"; client "c"', "MZ7006", '"../c"', null],
    ['client "web"; client "./web/"', "MZ7007", '"./web/"', null],
    ['server "s" { handlers "s" }', "MZ7007", '"s"', null],
    ["", "MZ7012", null, null],
    ['contract "c"', "MZ7012", null, null],
  ])("%s → %s", (text, code, place, help) => {
    const answer = read(text);
    expect(answer.value).toBeNull();
    expect(codes(answer)).toContain(code);
    expect(pointed(answer)[codes(answer).indexOf(code)]).toBe(place);
    if (help !== null) expect(answer.diagnostics[codes(answer).indexOf(code)]?.help).toBe(help);
  });

  test("is said all at once", () => {
    const answer = read('clinet "a"\nserver\nformat 1 2\nclient "../x"\n');
    expect(codes(answer)).toEqual(["MZ7002", "MZ7004", "MZ7003", "MZ7004", "MZ7006"]);
  });

  test.each([
    ['client "web" target="react"', 'client "web" { target "react" }'],
    ['client dir="web" target="react"', 'client "web" { target "react" }'],
    ['client "web" "react"', 'client "web" { target "react" }'],
    [
      'client "web" react=#true { target "testing" }',
      'client "web" { target "react"; target "testing" }',
    ],
    ['client { path "web"; target "react" }', 'client "web" { target "react" }'],
    ['client "web" { react; testing #true }', 'client "web" { target "react"; target "testing" }'],
    ['server path="src"', 'server "src"'],
    ['server path=src handlers="h"', 'server "src" { handlers "h" }'],
    ['server { folder "src" }', 'server "src"'],
  ])("%s is read as %s, which is said once", (written, meant) => {
    const answer = read(written);
    expect(answer.diagnostics.map(({ code, help }) => [code, help])).toEqual([
      ["MZ7003", `write \`${meant}\``],
    ]);
    expect(read(meant).diagnostics).toEqual([]);
  });

  test("with a sign too many is said once for each line, with the line as it should be", () => {
    const { diagnostics } = read('contract = "contract"\nserver = "src"\nformat="none"\n');
    expect(diagnostics.map(({ help }) => help)).toEqual([
      'write `contract "contract"`, or a property as `name=value`',
      'write `server "src"`, or a property as `name=value`',
      'in a block a space stands between name and value: `format "none"`',
    ]);
  });

  test("in KDL itself is a diagnostic as in the contract", () => {
    const answer = read('client "web');
    expect(answer.value).toBeNull();
    expect(answer.diagnostics[0]?.code).toMatch(/^MZ1/);
  });

  test("is shown with its place", () => {
    const { diagnostics, sources } = read('server "a"\nclinet "web"\n');
    expect(renderPretty(diagnostics, sources, { style: plainStyle, width: 80 })).toContain(
      "mizan.config.kdl:2:1",
    );
  });

  test("no configuration at all", () => {
    expect(codes(read(null))).toEqual(["MZ7001"]);
  });

  test.each([
    ["a folder", { "/project/mizan.config.kdl/x": "" }],
    ["missing", {}],
  ])("a named configuration that is %s", (_, files) => {
    const answer = read(null, { files, overrides: { config: "mizan.config.kdl" } });
    expect(codes(answer)).toEqual(["MZ7008"]);
  });

  test.each([
    ["UTF-16", new Uint8Array([0xff, 0xfe, 0x63, 0])],
    ["cut off in a character", new Uint8Array([0x63, 0xe2, 0x82])],
  ])("a configuration in %s", (_, bytes) => {
    expect(codes(read(null, { files: { [file]: bytes } }))).toEqual(["MZ1024"]);
  });
});

describe("leaving the project", () => {
  test("is allowed when asked for", () => {
    const answer = read('client "../web"', { overrides: { allowOutside: true } });
    expect(answer.value?.clients[0]?.folder).toBe("/web");
  });

  test("by handlers that nobody wrote down says whose they are, and how to put them elsewhere", () => {
    const [fault, ...others] = read('server "."').diagnostics;
    expect(others).toEqual([]);
    expect(fault?.message).toBe(
      '/handlers, for the handlers of ".", lies outside the project /project',
    );
    expect(fault?.help).toBe('say where they go: `server "." { handlers "handlers" }`');
    const typed = read(null, { overrides: { server: ".", handlers: "../h" } }).diagnostics;
    expect(typed.map(({ message }) => message)).toEqual(["../h lies outside the project /project"]);
  });

  test("handlers that nobody wrote down may meet another folder", () => {
    const [fault] = read('server "api"; client "handlers"').diagnostics;
    expect(fault?.message).toBe(
      'the handlers of "api" and "handlers" would write into the same folder',
    );
  });

  test("by a link is refused, and by a link that leads nowhere", () => {
    for (const target of ["/elsewhere", "/nowhere"]) {
      const answer = read('client "link/web"', {
        files: { "/elsewhere/x": "" },
        links: { "/project/link": target },
      });
      expect(codes(answer)).toEqual(["MZ7006"]);
    }
  });

  test("is judged from the nearest workspace root", () => {
    const files = {
      "/mono/package.json": '{ "workspaces": ["*"] }',
      "/mono/a/package.json": "{}",
      "/mono/a/mizan.config.kdl": 'client "../b/src/mizan"',
    };
    const host = memoryHost({ files, cwd: "/mono/a" });
    expect(readConfig(host.files, "/mono/a", noOverrides).value).toMatchObject({
      project: "/mono",
      cache: "/mono/a/node_modules/.cache/mizan",
    });
  });
});

describe("finding", () => {
  const { files } = memoryHost({
    files: { "/a/.git": "gitdir: elsewhere", "/a/b/package.json": "{ broken", "/a/b/c/d/x": "" },
  });

  test("a work tree of git is a project as well", () => {
    expect(findProject(files, "/a/b/c/d")).toBe("/a");
    expect(findProject(files, "/other")).toBe("/other");
  });

  test("the cache belongs to the nearest package", () => {
    expect(findCache(files, "/a/b/c/d", "/a")).toBe("/a/b/node_modules/.cache/mizan");
    expect(findCache(files, "/other", "/other")).toBe("/other/node_modules/.cache/mizan");
  });

  test("no configuration anywhere", () => {
    expect(findConfig(files, "/a/b")).toBeNull();
  });
});
