/** Commands as a whole, in memory: what they print, what they write, what they end with. */
import fc from "fast-check";
import type { Formatter } from "./format/formatter.js";
import type { Installation } from "./installation.js";
import { main } from "./main.js";
import { memoryHost, type MemoryHost, type MemoryHostOptions } from "./testing/memory-host.js";

const installation: Installation = {
  version: "1.2.3",
  build: "test",
  pages: "/mizan/pages",
  starter: "/mizan/starter",
};

const contract = `
type Profile user_id=integer name=string
context user {
    function user_profile user_id=integer -> Profile
}
function rename_user user_id=integer name=string -> Profile { merge user }
`;
const config = `server "src/mizan/server"\nclient "web/mizan" { target "react" }\nformat "none"\n`;

const project = {
  "/project/.git/HEAD": "",
  "/project/mizan.config.kdl": config,
  "/project/contract/user.kdl": contract,
  "/mizan/pages/MZ2001.md": "# MZ2001\n",
};

function hostOf(options: MemoryHostOptions = {}): MemoryHost {
  return memoryHost({ ...options, files: { ...project, ...options.files } });
}

type Answer = {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly host: MemoryHost;
};

async function mizan(argv: readonly string[], host: MemoryHost = hostOf()): Promise<Answer> {
  const before = { out: host.stdout().length, err: host.stderr().length };
  const code = await main(argv, host, installation);
  return { code, out: host.stdout().slice(before.out), err: host.stderr().slice(before.err), host };
}

/** What a run left on the disk, without caches. */
function output(host: MemoryHost): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(host.snapshot()).filter(([path]) => !path.includes("node_modules")),
  );
}

describe("usage", () => {
  test.each([
    [[], 2, ""],
    [["--help"], 0, ""],
    [["gen", "--help"], 0, ""],
    [["--version"], 0, ""],
    [["gne"], 2, "did you mean gen"],
    [["gen", "--chekc"], 2, "Did you mean --check?"],
    [["gen", "extra"], 2, "name the contract with `--contract`"],
    [["gen", "--contract"], 2, "argument missing"],
    [["gen", "--contract", ""], 2, "--contract needs a value"],
    [["gen", "--contract", "a\0b"], 2, "--contract needs a value"],
    [["gen", "--format", "x"], 2, "Allowed choices are prettier, none"],
    [["gen", "--target", "vue"], 2, "Allowed choices are react, testing"],
    [["gen", "--watch", "--check"], 2, "--watch and --check do not go together"],
    [["gen", "--watch", "--dry-run"], 2, "--watch and --dry-run do not go together"],
    [["check", "--format", "xml"], 2, "Allowed choices"],
    [["check", "--max-warnings", "-1"], 2, "whole number"],
    [["check", "--max-warnings", "1e9"], 2, "whole number"],
    [["check", "a", "b"], 2, "too many arguments"],
    [["help", "gne"], 2, "Allowed choices are init, gen, check, canon, export, explain"],
    [["help", "gen", "check"], 2, "too many arguments"],
    [["explain"], 2, "missing required argument"],
    [["explain", "MZ9999"], 2, "error[MZ7015]: there is no diagnostic `MZ9999`"],
    [["explain", "MZ201"], 2, "did you mean `MZ2001`?"],
    [["explain", "../../etc/passwd"], 2, "there is no diagnostic"],
    [["fmt"], 2, "error[MZ7013]: unknown command"],
  ])("mizan %j ends with %i", async (argv, code, said) => {
    const answer = await mizan(argv);
    expect(answer.code).toBe(code);
    expect(answer.err.toLowerCase()).toContain(said.toLowerCase());
    if (code === 2 && argv.length > 0) expect(answer.err).toMatch(/^error\[MZ70/);
    expect(answer.host.writes).toEqual([]);
  });

  test("help has examples and goes to stdout", async () => {
    for (const argv of [
      ["--help"],
      ...["init", "gen", "check", "canon", "explain"].map((name) => [name, "--help"]),
    ]) {
      const { out, err } = await mizan(argv);
      expect(out).toContain("Examples:\n  $ mizan ");
      expect(err).toBe("");
    }
  });

  test.each(["", "init", "gen", "check", "canon", "export", "explain", "help"])(
    "mizan help %s is mizan %s --help",
    async (name) => {
      const words = name === "" ? [] : [name];
      const { code, out, err } = await mizan(["help", ...words]);
      expect([code, err]).toEqual([0, ""]);
      expect(out).toBe((await mizan([...words, "--help"])).out);
      expect(out).toContain(`Usage: mizan ${name || "[options]"}`);
    },
  );

  test("a bug of ours says so, and where the details are", async () => {
    const host = hostOf();
    const broken = {
      ...host,
      files: {
        ...host.files,
        realPath: () => {
          throw new TypeError("x is undefined\n    at f (a.js:1:1)");
        },
      },
    };
    const code = await main(["check"], broken, installation);
    expect(code).toBe(70);
    expect(host.stderr()).toContain("error[MZ9001]: a bug in mizan: TypeError: x is undefined\n");
    expect(host.stderr()).not.toMatch(/^\s+at /m);
    expect(host.snapshot()["/tmp/mizan-bug-4711-0.txt"]).toContain("mizan 1.2.3, node 20.19.0\n");
  });
});

describe("explain", () => {
  test.each(["MZ2001", "mz2001", "unknown-context"])("%s", async (asked) => {
    expect(await mizan(["explain", asked])).toMatchObject({ code: 0, out: "# MZ2001\n", err: "" });
  });

  test("a page that is not there", async () => {
    expect((await mizan(["explain", "MZ2002"])).err).toContain(
      "error[MZ6014]: cannot read ../mizan/pages/MZ2002.md",
    );
  });
});

describe("check", () => {
  const broken = { "/project/bad.kdl": "function f -> Profil\ntype Profile a=integer\n" };

  test("a sound contract", async () => {
    expect(await mizan(["check"])).toMatchObject({
      code: 0,
      out: "",
      err: "no problems in 1 file\n",
    });
    expect(await mizan(["check", "--quiet"])).toMatchObject({ code: 0, out: "", err: "" });
  });

  test("a file needs no configuration", async () => {
    const host = memoryHost({ files: { "/x/a.kdl": contract }, cwd: "/x" });
    for (const path of ["a.kdl", ".", "/x/a.kdl"])
      expect((await mizan(["check", path], host)).code).toBe(0);
  });

  test("standard input", async () => {
    const { code, out } = await mizan(
      ["check", "-"],
      memoryHost({ input: "function f -> Nope\n" }),
    );
    expect(code).toBe(1);
    expect(out).toContain("<stdin>:1:");
  });

  test("faults, in every form, on stdout", async () => {
    const host = hostOf({ files: broken });
    const pretty = await mizan(["check", "bad.kdl"], host);
    expect(pretty).toMatchObject({ code: 1 });
    expect(pretty.out).toContain("--> bad.kdl:1:");
    const json = await mizan(["check", "bad.kdl", "--format", "json"], host);
    expect(json.code).toBe(1);
    const { diagnostics, errors } = JSON.parse(json.out) as {
      diagnostics: unknown[];
      errors: number;
    };
    expect(errors).toBeGreaterThan(0);
    expect(diagnostics[0]).toMatchObject({
      severity: "error",
      primary: { file: "bad.kdl", line: 1 },
    });
    expect((await mizan(["check", "bad.kdl", "--format", "github"], host)).out).toMatch(
      /^::error file=bad.kdl/,
    );
    const sarif = await mizan(["check", "bad.kdl", "--format", "sarif"], host);
    expect(JSON.parse(sarif.out)).toMatchObject({ version: "2.1.0" });
  });

  test("warnings count when there are too many", async () => {
    const host = hostOf({
      files: { "/project/w.kdl": "type Unused a=integer\nfunction f -> boolean\n" },
    });
    expect((await mizan(["check", "w.kdl"], host)).code).toBe(0);
    expect((await mizan(["check", "w.kdl", "--max-warnings", "1"], host)).code).toBe(0);
    expect(await mizan(["check", "w.kdl", "--max-warnings", "0"], host)).toMatchObject({
      code: 1,
      err: expect.stringContaining("--max-warnings allows 0") as unknown,
    });
  });

  test.each([
    ["a missing path", ["check", "nope.kdl"], {}, 2, "MZ7009"],
    [
      "a folder without contracts",
      ["check", "empty"],
      { "/project/empty/.hidden.kdl": "x" },
      2,
      "MZ7011",
    ],
    [
      "not UTF-8",
      ["check", "b.kdl"],
      { "/project/b.kdl": new Uint8Array([0x61, 0xff]) },
      1,
      "MZ1024",
    ],
    ["too large", ["check", "b.kdl"], { "/project/b.kdl": new Uint8Array(5_000_000) }, 1, "MZ1023"],
    ["no configuration", ["check", "--config", "nope"], {}, 2, "MZ7008"],
  ])("%s", async (_, argv, files, code, diagnostic) => {
    const answer = await mizan(argv, hostOf({ files }));
    expect(answer.code).toBe(code);
    expect(answer.out).toContain(`error[${diagnostic}]`);
  });

  test.each([
    ["not UTF-8", new Uint8Array([0x61, 0xff]), "MZ1024"],
    ["too large", new Uint8Array(2_000_000), "MZ1023"],
  ])("a file that is %s, together with the faults of the others", async (_, bytes, code) => {
    const files = {
      "/project/contract/broken.kdl": bytes,
      "/project/contract/other.kdl": "type A { kind Kind; size integer min=2 max=1 }\n",
    };
    for (const command of ["check", "canon", "gen"]) {
      const answer = await mizan([command], hostOf({ files }));
      expect([command, answer.code]).toEqual([command, 1]);
      const codes = (answer.out + answer.err).match(/(?:error|warning)\[MZ\d+\]/g);
      expect(codes).toEqual([`error[${code}]`, "error[MZ3053]"]);
    }
  });

  test("an empty contract is sound", async () => {
    expect(
      (await mizan(["check", "e.kdl"], hostOf({ files: { "/project/e.kdl": "" } }))).code,
    ).toBe(0);
  });

  test("an unreadable contract", async () => {
    const host = hostOf({
      fault: ({ verb, path }) => (verb === "read" && path.endsWith("user.kdl") ? "EACCES" : null),
    });
    const { code, out } = await mizan(["check"], host);
    expect(code).toBe(2);
    expect(out).toContain(
      "error[MZ7010]: cannot read the contract contract/user.kdl: permission denied",
    );
  });

  test("unreadable standard input", async () => {
    const host = hostOf();
    const { FileFault } = await import("./host.js");
    const terminal = {
      ...host.terminal,
      readInput: () => {
        throw new FileFault("EISDIR", "standard input");
      },
    };
    expect(await main(["check", "-"], { ...host, terminal }, installation)).toBe(2);
    expect(host.stdout()).toContain("error[MZ7017]");
  });
});

describe("canon", () => {
  test("prints the normal form, which is a fixed point", async () => {
    const { code, out } = await mizan(["canon"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^type "renameUserInput" \{\n/);
    expect((await mizan(["canon", "-"], memoryHost({ input: out }))).out).toBe(out);
  });

  test("prints the full form, and its hash", async () => {
    const full = await mizan(["canon", "--full"]);
    expect(full.out.length).toBeGreaterThan((await mizan(["canon"])).out.length);
    const { createHash } = await import("node:crypto");
    const expected = createHash("sha256").update(full.out).digest("hex");
    expect((await mizan(["canon", "--hash"])).out).toBe(`${expected}\n`);
  });

  test("prints nothing of a broken contract", async () => {
    const answer = await mizan(["canon", "-"], memoryHost({ input: "function f -> Nope" }));
    expect(answer).toMatchObject({ code: 1, out: "" });
    expect(answer.err).toContain("Nope");
  });
});

describe("gen", () => {
  test("writes everything, and then nothing", async () => {
    const host = hostOf();
    const first = await mizan(["gen"], host);
    expect(first.code).toBe(0);
    expect(first.err).toMatch(/^new handler: src\/handlers\/rename-user\.ts\n/);
    expect(first.err).toMatch(/\n\d+ files written, 2 handlers created in \d+/);
    expect(Object.keys(output(host))).toEqual(
      expect.arrayContaining([
        "/project/src/handlers/user-profile.ts",
        "/project/src/mizan/server/mizan.ts",
        "/project/web/mizan/contexts/user.ts",
        "/project/web/mizan/.mizan-manifest.json",
      ]),
    );
    const before = output(host);
    expect((await mizan(["gen"], host)).err).toMatch(
      /^nothing changed: \d+ files are up to date\n$/,
    );
    expect(output(host)).toEqual(before);
    expect(await mizan(["gen", "--check"], host)).toMatchObject({ code: 0, out: "" });
  });

  test("--check and --dry-run write nothing, not even a lock", async () => {
    const host = hostOf();
    const check = await mizan(["gen", "--check"], host);
    expect(check.code).toBe(1);
    expect(check.err).toContain("error[MZ6011]: the generated files are not up to date");
    expect(check.out).toContain("--- /dev/null\n+++ src/mizan/server/mizan.ts\n");
    const dry = await mizan(["gen", "--dry-run"], host);
    expect(dry.code).toBe(0);
    expect(dry.out).toContain("handler src/handlers/rename-user.ts\n");
    expect(dry.out).toContain("create web/mizan/react.tsx\n");
    expect(host.writes).toEqual([]);
  });

  test("--diff shows what changes, and changes it", async () => {
    const host = hostOf();
    await mizan(["gen"], host);
    host.put(
      "/project/contract/user.kdl",
      contract.replace("name=string\nc", "name=string age=integer\nc"),
    );
    const { code, out } = await mizan(["gen", "--diff"], host);
    expect(code).toBe(0);
    expect(out).toMatch(/^\+.*age: number/m);
    expect(host.snapshot()["/project/web/mizan/types.ts"]).toContain("age: number");
  });

  test("--json is one object on stdout", async () => {
    const { out, err } = await mizan(["gen", "--json"]);
    expect(err).toBe("");
    expect(JSON.parse(out)).toMatchObject({
      errors: 0,
      diagnostics: [],
      files: expect.arrayContaining([{ path: "web/mizan/index.ts", action: "create" }]) as unknown,
    });
    const broken = await mizan(
      ["gen", "--json"],
      hostOf({ files: { "/project/contract/b.kdl": "x" } }),
    );
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ errors: 1, files: [] });
  });

  test("--stats names the stages", async () => {
    const { err } = await mizan(["gen", "--stats"]);
    for (const stage of [
      "parse",
      "lower",
      "canonicalize",
      "validate",
      "plan",
      "compare",
      "write",
    ]) {
      expect(err).toMatch(new RegExp(`^${stage} +[\\d.]+ ms$`, "m"));
    }
    expect(err).toContain('layout: default layout (format "none")\n');
  });

  test("--quiet says nothing unless something is wrong", async () => {
    expect(await mizan(["gen", "--quiet"])).toMatchObject({ code: 0, out: "", err: "" });
  });

  test("without a configuration, from the command line alone", async () => {
    const host = memoryHost({ files: { "/project/api.kdl": contract } });
    const argv = [
      "gen",
      "--contract",
      "api.kdl",
      "--client",
      "web",
      "--target",
      "react",
      "--target",
      "testing",
      "--format",
      "none",
    ];
    expect((await mizan(argv, host)).code).toBe(0);
    for (const file of ["react.tsx", "testing.ts", "testing/types.ts", "testing/handlers.ts"]) {
      const written = host.snapshot()[`/project/web/${file}`];
      expect(written).toContain("Generated by mizan from api.kdl.");
    }
  });

  test("a broken contract keeps the last good output", async () => {
    const host = hostOf();
    await mizan(["gen"], host);
    const before = output(host);
    host.put("/project/contract/user.kdl", "type {");
    const { code, err } = await mizan(["gen"], host);
    expect(code).toBe(1);
    expect(err).toContain("--> contract/user.kdl:1:");
    host.put("/project/contract/user.kdl", contract);
    expect(output(host)).toEqual(before);
  });

  test("an edited file is refused, and --force keeps it", async () => {
    const host = hostOf();
    await mizan(["gen"], host);
    host.put("/project/web/mizan/types.ts", "// mine\n");
    const refused = await mizan(["gen"], host);
    expect(refused.code).toBe(1);
    expect(refused.err).toContain(
      "error[MZ6001]: the generated file web/mizan/types.ts was edited by hand",
    );
    expect(host.snapshot()["/project/web/mizan/types.ts"]).toBe("// mine\n");
    const forced = await mizan(["gen", "--force"], host);
    expect(forced.code).toBe(0);
    expect(forced.err).toContain(
      "your edits of web/mizan/types.ts are in web/mizan/types.ts.edited-1\n",
    );
    expect(host.snapshot()["/project/web/mizan/types.ts.edited-1"]).toBe("// mine\n");
  });

  test.each([
    ["no configuration", { "/project/mizan.config.kdl": null }, 2, "MZ7001"],
    ["a wrong one", { "/project/mizan.config.kdl": "wat" }, 2, "MZ7002"],
    ["no contract", { "/project/contract/user.kdl": null }, 2, "MZ7009"],
    [
      "what is not supported yet",
      { "/project/contract/u.kdl": "channel chat { server-message { a integer } }" },
      1,
      "MZ4001",
    ],
    ["an output folder that is a file", { "/project/web/mizan": "x" }, 1, "MZ6003"],
  ])("%s", async (_, files, exit, code) => {
    const host = hostOf();
    for (const [path, text] of Object.entries(files)) {
      if (text === null) host.drop(path);
      else host.put(path, text);
    }
    if (code === "MZ7009") host.drop("/project/contract");
    const answer = await mizan(["gen"], host);
    expect(answer.err).toContain(`error[${code}]`);
    expect(answer.code).toBe(exit);
  });

  test.each(["ENOSPC", "EROFS", "EACCES"])(
    "a disk that says %s leaves nothing half-written",
    async (fault) => {
      const host = hostOf({
        fault: ({ verb, path }) =>
          verb === "create" && path.includes("web/mizan/.react.tsx") ? fault : null,
      });
      const before = output(host);
      const { code, err } = await mizan(["gen"], host);
      expect(code).toBe(1);
      expect(err).toContain("error[MZ6005]: cannot write");
      expect(output(host)).toEqual(before);
      expect(host.files.look("/project/src")).toBeNull();
    },
  );

  test("a disk that cannot even be put back is said", async () => {
    let failing = false;
    const host = hostOf({
      fault: ({ verb, path }) => {
        if (verb === "create" && path.includes("web/mizan/.react.tsx")) failing = true;
        return failing && verb !== "read" && verb !== "look" ? "EIO" : null;
      },
    });
    expect((await mizan(["gen"], host)).err).toContain("error[MZ6012]: after that, ");
  });
});

describe("two runs at once", () => {
  const lock = "/project/node_modules/.cache/mizan/lock";

  test("the second waits for the first, and says so", async () => {
    let naps = 0;
    const host: MemoryHost = hostOf({
      files: { [lock]: "99 here\n" },
      running: [99],
      whileAsleep: () => {
        naps += 1;
        if (naps === 40) host.drop(lock);
      },
    });
    const { code, err } = await mizan(["gen"], host);
    expect(code).toBe(0);
    expect(err).toContain("waiting for another run of mizan (process 99) to finish …\n");
    expect(host.files.look(lock)).toBeNull();
  });

  test("the second gives up in the end", async () => {
    const host = hostOf({ files: { [lock]: "99 here\n" }, running: [99] });
    const { code, err } = await mizan(["gen"], host);
    expect(code).toBe(1);
    expect(err).toMatch(
      /error\[MZ6009\]: another run of mizan \(process 99\) has been writing here for \d+ seconds/,
    );
    expect(host.snapshot()[lock]).toBe("99 here\n");
  });

  test.each([
    ["of a process that is gone", "99 here\n"],
    ["of an earlier process with our number", "4711 here\n"],
    ["of another machine, long ago", "99 there\n"],
    ["that nobody filled in, long ago", ""],
  ])("a lock %s is taken over", async (_, text) => {
    const host = hostOf({ files: { [lock]: text } });
    expect((await mizan(["gen"], host)).code).toBe(0);
    expect(host.files.look(lock)).toBeNull();
    expect(host.files.look(`${lock}.takeover`)).toBeNull();
  });

  test("without a place for a lock, the run goes on and says so", async () => {
    const host = hostOf({
      fault: ({ verb, path }) =>
        verb === "createFolder" && path.includes("node_modules") ? "EACCES" : null,
    });
    const { code, err } = await mizan(["gen"], host);
    expect(code).toBe(0);
    expect(err).toContain(
      "warning[MZ6013]: cannot use node_modules/.cache/mizan: permission denied",
    );
  });
});

describe("prettier", () => {
  const formatter = (
    options: Readonly<Record<string, unknown>>,
    format = (text: string) => text,
  ): Formatter => ({
    version: "3.0.0",
    resolveOptions: () => Promise.resolve(options),
    resolveConfigFile: () => Promise.resolve(null),
    format: (text) => Promise.resolve(format(text)),
    forget: () => Promise.resolve(),
  });
  const withPrettier = {
    "/project/mizan.config.kdl": config.replace('format "none"\n', ""),
    "/project/.prettierrc": "{}",
  };

  test("confirms a sample of what we laid out with its options", async () => {
    const host = hostOf({ files: withPrettier, formatter: formatter({ singleQuote: true }) });
    const { code, err } = await mizan(["gen", "--stats"], host);
    expect(code).toBe(0);
    expect(err).toContain("layout: laid out by mizan, a sample confirmed by prettier 3.0.0\n");
    expect(host.snapshot()["/project/web/mizan/index.ts"]).toContain("from './types.js'");
  });

  test.each([
    [
      "options that only it can follow",
      { plugins: ["x"] },
      "its options are beyond mizan's own layout",
    ],
    [
      "a sample that it prints differently",
      {},
      "it would print a sample of mizan's own layout differently",
    ],
  ])("formats everything with %s, and remembers", async (_, options, why) => {
    let count = 0;
    const format = (text: string): string => {
      count += 1;
      return `${text}// formatted\n`;
    };
    const host = hostOf({ files: withPrettier, formatter: formatter(options, format) });
    const { code, err } = await mizan(["gen", "--stats"], host);
    expect(code).toBe(0);
    expect(err).toMatch(/layout: prettier 3\.0\.0 formatted (\d+) of \1 files: /);
    expect(err).toContain(why);
    expect(host.snapshot()["/project/web/mizan/index.ts"]).toMatch(/\/\/ formatted\n$/);
    const asked = count;
    expect((await mizan(["gen"], host)).err).toMatch(/^nothing changed/);
    // The sample as one text, and its first piece.
    expect(count - asked).toBeLessThanOrEqual(2);
    await mizan(["gen", "--no-cache"], host);
    expect(count - asked).toBeGreaterThan(5);
  });

  test.each([
    ["no file", {}, false],
    ["a package.json without a word on it", { "package.json": '{ "name": "prettier" }' }, false],
    ["a package.json", { "package.json": '{ "prettier": { "singleQuote": true } }' }, true],
    ["a package.json that is broken", { "package.json": "{" }, true],
    ["a package.yaml", { "package.yaml": "prettier:\n  singleQuote: true\n" }, true],
    ["an .editorconfig", { ".editorconfig": "" }, true],
    ["a folder of that name", { ".prettierrc/x": "" }, true],
  ])("is asked for options where they may be configured: by %s", async (_, files, isAsked) => {
    const asked: string[] = [];
    const host = hostOf({
      files: {
        "/project/mizan.config.kdl": withPrettier["/project/mizan.config.kdl"],
        ...Object.fromEntries(
          Object.entries(files).map(([path, text]) => [`/project/${path}`, text]),
        ),
      },
      formatter: {
        ...formatter({}),
        resolveOptions: (file) => {
          asked.push(file);
          return Promise.resolve({});
        },
      },
    });
    const { code, err } = await mizan(["gen", "--stats"], host);
    expect(code).toBe(0);
    expect(err).toContain("a sample confirmed by prettier 3.0.0");
    expect(asked.length > 0).toBe(isAsked);
  });

  test("that refuses is a diagnostic", async () => {
    const broken = {
      ...formatter({}),
      resolveOptions: () => Promise.reject(new Error("Bad .prettierrc\n  at x")),
    };
    const { code, err } = await mizan(["gen"], hostOf({ files: withPrettier, formatter: broken }));
    expect(code).toBe(2);
    expect(err).toContain(
      "error[MZ7014]: prettier refuses with this project's configuration: Bad .prettierrc\n",
    );
  });
});

describe("init", () => {
  const starter = {
    "/mizan/starter/mizan.config.kdl.txt": config,
    "/mizan/starter/contract/user.kdl.txt": contract,
    "/mizan/starter/src/handlers/rename-user.ts.txt": "// ours\n",
  };

  test("makes a project, and the next steps are printed", async () => {
    const host = memoryHost({ files: starter });
    const { code, err } = await mizan(["init", "shop"], host);
    expect(code).toBe(0);
    expect(err).toContain(
      "4 files created in shop\n\nNext:\n  cd shop\n  npm install\n  npm run dev ",
    );
    const made = host.snapshot();
    expect(made["/project/shop/src/handlers/rename-user.ts"]).toBe("// ours\n");
    expect(made["/project/shop/web/mizan/react.tsx"]).toContain("useUserProfile");
    expect(JSON.parse(made["/project/shop/package.json"] ?? "")).toMatchObject({
      name: "shop",
      dependencies: { "@mizan/runtime": "^1.2.3" },
    });
  });

  test("never overwrites; what is missing in package.json is printed", async () => {
    const mine = {
      "/project/package.json":
        '{ "scripts": { "dev": "mine" }, "dependencies": { "react": "*", "zod": "*" } }',
      "/project/src/handlers/rename-user.ts": "// mine\n",
    };
    const host = memoryHost({ files: { ...starter, ...mine } });
    const { code, err } = await mizan(["init"], host);
    expect(code).toBe(0);
    expect(host.snapshot()).toMatchObject(mine);
    expect(err).toContain("kept src/handlers/rename-user.ts\n");
    expect(err).toContain("  npm install @mizan/runtime express react-dom\n");
    expect(err).toContain("  npm pkg set type=module scripts.gen=");
    expect(err).not.toContain("scripts.dev");
  });

  test.each([
    ["as npm makes it", '{ "type": "commonjs" }', true],
    ["with modules", '{ "type": "module" }', false],
  ])("a package %s is told to take modules where it does not", async (_, text, isTold) => {
    const host = memoryHost({ files: { ...starter, "/project/package.json": text } });
    const { err } = await mizan(["init"], host);
    expect(err.includes("type=module")).toBe(isTold);
  });

  test("beside a contract that is there, adds only what generates from it", async () => {
    const host = memoryHost({
      files: { ...starter, "/project/contract/mine.kdl": "function ping -> boolean\n" },
    });
    expect((await mizan(["init"], host)).code).toBe(0);
    expect(host.files.look("/project/contract/user.kdl")).toBeNull();
    expect(host.snapshot()["/project/src/handlers/ping.ts"]).toContain("PingHandler");
  });

  test.each([
    [
      "a configuration is there",
      { "/project/mizan.config.kdl": "mine" },
      ".",
      "it has a mizan.config.kdl already",
    ],
    ["it is a file", { "/project/file": "mine" }, "file", "it is a file"],
  ])("%s: refuses", async (_, files, dir, reason) => {
    const host = memoryHost({ files: { ...starter, ...files } });
    const { code, err } = await mizan(["init", dir], host);
    expect(code).toBe(1);
    expect(err).toContain("error[MZ7016]");
    expect(err).toContain(reason);
    expect(host.writes).toEqual([]);
  });

  test("on a disk that fails, leaves nothing", async () => {
    const host = memoryHost({
      files: starter,
      fault: ({ verb, path }) =>
        verb === "create" && path.includes("rename-user.ts") ? "ENOSPC" : null,
    });
    const { code, err } = await mizan(["init"], host);
    expect(code).toBe(1);
    expect(err).toContain("error[MZ6005]");
    expect(Object.keys(host.snapshot()).filter((path) => path.startsWith("/project"))).toEqual([]);
  });
});

/** Nothing that anybody can type, write into a file or send may end in a stack trace. */
describe("hostile input", () => {
  const words = fc.constantFrom(
    ..."init gen check canon explain --watch --check --dry-run --diff --stats --json --force --no-cache".split(
      " ",
    ),
    ..."--allow-outside --config --contract --server --handlers --client --target --format --quiet --full".split(
      " ",
    ),
    ..."--hash --max-warnings -- - -x -- . .. / ~ * react none prettier pretty sarif github json MZ2001 0".split(
      " ",
    ),
    ..."mizan.config.kdl contract contract/user.kdl src web/mizan __proto__ constructor toString".split(
      " ",
    ),
    "",
    "\0",
    "a\nb",
    "😀",
    "--client=",
    "--format=\u0000",
    "x".repeat(5000),
  );
  const pieces = fc.oneof(
    fc.constantFrom(
      ...'type enum error context function view channel merge affects auth { } ; = " #" """ /* /- // \\ -> ( ) list< >'.split(
        " ",
      ),
      "#true",
      "#null",
      "1e999",
      "0x",
      "\n",
      "\u0000",
      "\ud800",
      "\ufeff",
      "__proto__",
      "user_id=integer",
      "Profile?",
      "contract",
      "server",
      "client",
      "format",
      "handlers",
      "target",
    ),
    fc.string({ maxLength: 6 }),
  );
  const text = fc.array(pieces, { maxLength: 30 }).map((all) => all.join(" "));
  const bytes = fc.oneof(
    text.map((all) => Buffer.from(all)),
    fc.uint8Array({ maxLength: 60 }),
  );

  function expectSane({ code, out, err }: Answer): void {
    expect([0, 1, 2]).toContain(code);
    expect(out + err).not.toMatch(/^\s+at .*[:(]/m);
    expect(out + err).not.toContain("MZ9001");
    expect(out + err).not.toContain("[object Object]");
  }

  test("of any arguments", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(words, { maxLength: 6 }), async (argv) => {
        if (argv.some((word) => word === "--watch")) return;
        expectSane(await mizan(argv));
      }),
      { numRuns: 250, seed: 1 },
    );
  });

  test("in any contract and configuration", async () => {
    const commands = fc.constantFrom(
      ["gen"],
      ["check"],
      ["canon"],
      ["canon", "--full"],
      ["check", "--format", "json"],
    );
    await fc.assert(
      fc.asyncProperty(
        bytes,
        fc.option(bytes, { nil: null }),
        commands,
        async (kdl, configured, argv) => {
          const files = {
            "/project/contract/x.kdl": kdl,
            ...(configured === null ? {} : { "/project/mizan.config.kdl": configured }),
          };
          expectSane(await mizan(argv, hostOf({ files })));
        },
      ),
      { numRuns: 250, seed: 2 },
    );
  });

  test("in any manifest, lock, journal, cache or generated file", async () => {
    const cache = "/project/node_modules/.cache/mizan";
    const paths = fc.constantFrom(
      "/project/web/mizan/.mizan-manifest.json",
      "/project/src/handlers/.mizan-manifest.json",
      "/project/web/mizan/types.ts",
      `${cache}/lock`,
      `${cache}/unfinished.json`,
      `${cache}/last-run.json`,
      `${cache}/prettier.json`,
      "/project/package.json",
    );
    const json = fc.json({ maxDepth: 3 }).map((all) => Buffer.from(all));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(paths, fc.oneof(bytes, json)), { maxLength: 4 }),
        async (texts) => {
          expectSane(await mizan(["gen"], hostOf({ files: Object.fromEntries(texts) })));
        },
      ),
      { numRuns: 150, seed: 3 },
    );
  });
});
