/** The built executable on a real disk: what only processes, permissions and the bundle itself can show. */
import { execFileSync, spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import {
  buildExecutable,
  config,
  contract,
  makeFolder,
  project,
  runExecutable,
  writeFiles,
  type Ended,
  type Executable,
  type RunOptions,
} from "./testing/executable.js";

jest.setTimeout(60_000);

let mizan: Executable;
const folders: string[] = [];

beforeAll(() => {
  mizan = buildExecutable();
});

afterAll(() => {
  mizan.remove();
  for (const folder of folders) {
    execFileSync("chmod", ["-R", "u+rwx", folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});

function projectWith(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = makeFolder();
  folders.push(folder);
  writeFiles(folder, { ...project, ...files });
  return folder;
}

function run(argv: readonly string[], cwd: string, options: Partial<RunOptions> = {}): Ended {
  const ended = runExecutable(mizan, argv, { cwd, ...options });
  expect(ended.out + ended.err).not.toMatch(/MZ9001|^\s+at .*[:(]/m);
  return ended;
}

/** Every file of a project but caches, with its content. */
function contents(folder: string): Readonly<Record<string, string>> {
  const files: [string, string][] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || path.includes("node_modules") || path.includes(".git/")) continue;
    files.push([path.slice(folder.length + 1), readFileSync(path, "utf8")]);
  }
  return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
}

describe("gen", () => {
  test.each([
    ["prettier's own options", { ".prettierrc": '{ "singleQuote": true, "printWidth": 100 }\n' }],
    ["no options of prettier's", {}],
  ])("writes, then finds nothing to do, with %s and its consent", (_, options) => {
    const folder = projectWith(options);
    const first = run(["gen", "--stats"], folder);
    expect(first.code).toBe(0);
    expect(first.out).toBe("");
    expect(first.err).toMatch(/\d+ files written, 3 handlers created in /);
    expect(first.err).toContain("layout: laid out by mizan, a sample confirmed by prettier 3");
    const prettier = join(__dirname, "../node_modules/prettier/bin/prettier.cjs");
    execFileSync("node", [prettier, "--check", "src", "web"], { cwd: folder, stdio: "pipe" });

    const before = contents(folder);
    const full = run(["gen", "--no-cache"], folder);
    const hinted = run(["gen"], folder);
    expect(hinted).toEqual(full);
    expect(hinted).toMatchObject({ code: 0, out: "" });
    expect(hinted.err).toMatch(/^nothing changed: \d+ files are up to date\n$/);
    expect(run(["gen", "-q"], folder)).toEqual({ code: 0, out: "", err: "" });
    expect(run(["gen", "--check"], folder)).toMatchObject({ code: 0, out: "" });
    expect(contents(folder)).toEqual(before);
    expect(run(["gen"], join(folder, "web"))).toEqual(hinted);
  });

  test("lets prettier format what only it can, and refuses when it cannot", () => {
    const folder = projectWith({ ".prettierrc": '{ "endOfLine": "auto" }' });
    expect(run(["gen", "--stats"], folder).err).toMatch(
      /layout: prettier 3[\d.]+ formatted (\d+) of \1 files/,
    );
    expect(run(["gen", "--check"], folder).code).toBe(0);
    const before = contents(folder);
    for (const broken of ["{ broken", '{ "plugins": ["no-such-plugin"] }']) {
      writeFileSync(join(folder, ".prettierrc"), broken);
      const { code, err } = run(["gen"], folder);
      expect(code).toBe(2);
      expect(err).toContain("error[MZ7014]");
    }
    expect({ ...contents(folder), ".prettierrc": "" }).toEqual({ ...before, ".prettierrc": "" });
  });

  test("says in the colours of a terminal only what it is asked to", () => {
    const folder = projectWith({ "contract/user.kdl": "function f -> Nope\n" });
    const plain = run(["gen"], folder);
    expect(plain.code).toBe(1);
    expect(plain.err).not.toContain("\u001b");
    expect(run(["gen"], folder, { env: { FORCE_COLOR: "1" } }).err).toContain("\u001b[1;31merror");
    expect(run(["gen"], folder, { env: { FORCE_COLOR: "1", NO_COLOR: "1" } })).toEqual(plain);
  });

  test("two and more at once end with one whole output", async () => {
    const folder = projectWith();
    const codes = await Promise.all(
      Array.from({ length: 4 }, () => {
        const child = spawn(process.execPath, [mizan.path, "gen"], {
          cwd: folder,
          stdio: "ignore",
        });
        return new Promise((resolve) => child.once("exit", resolve));
      }),
    );
    expect(codes).toEqual([0, 0, 0, 0]);
    expect(run(["gen", "--check", "--no-cache"], folder).code).toBe(0);
    expect(
      readdirSync(join(folder, "web/mizan")).filter((name) => /\.mizan-\d/.test(name)),
    ).toEqual([]);
    expect(readdirSync(join(folder, "node_modules/.cache/mizan"))).toEqual(["last-run.json"]);
  });

  test("killed at any moment, it is finished by the next run", async () => {
    const folder = projectWith();
    for (const delay of [120, 170, 220, 270, 320]) {
      appendFileSync(join(folder, "contract/user.kdl"), `function more_${delay} -> boolean\n`);
      const child = spawn(process.execPath, [mizan.path, "gen"], { cwd: folder, stdio: "ignore" });
      setTimeout(() => child.kill("SIGKILL"), delay);
      await new Promise((resolve) => child.once("exit", resolve));
    }
    expect(run(["gen"], folder).code).toBe(0);
    expect(run(["gen", "--check", "--no-cache"], folder).code).toBe(0);
    const rubbish = Object.keys(contents(folder)).filter((path) => /\.mizan-\d|edited/.test(path));
    expect(rubbish).toEqual([]);
  });
});

describe("what the disk forbids", () => {
  test("an unreadable contract", () => {
    const folder = projectWith();
    chmodSync(join(folder, "contract/user.kdl"), 0o000);
    const { code, err } = run(["check"], folder, { asNobody: true });
    expect(code).toBe(2);
    expect(err).toContain("1 error in 0 files");
    chmodSync(join(folder, "contract/user.kdl"), 0o644);
    chmodSync(join(folder, "contract"), 0o000);
    expect(run(["check"], folder, { asNobody: true }).out).toContain("error[MZ7010]");
  });

  test("a read-only project", () => {
    const folder = projectWith();
    const before = contents(folder);
    chmodSync(folder, 0o555);
    const { code, err } = run(["gen"], folder, { asNobody: true });
    expect(code).toBe(1);
    expect(err).toMatch(/error\[MZ6005\]: cannot write \S+: permission denied/);
    expect(contents(folder)).toEqual(before);
  });

  test("an output folder that has become read-only", () => {
    const folder = projectWith();
    run(["gen"], folder);
    execFileSync("chmod", ["-R", "a+rwX", folder]);
    execFileSync("chmod", ["-R", "a-w", join(folder, "web/mizan")]);
    const before = contents(folder);
    writeFileSync(
      join(folder, "contract/user.kdl"),
      contract.replace("name=string\nc", "name=string age=integer\nc"),
    );
    const { code, err } = run(["gen"], folder, { asNobody: true });
    expect(code).toBe(1);
    expect(err).toContain("error[MZ6005]: cannot write web/mizan/");
    expect({ ...contents(folder), "contract/user.kdl": contract }).toEqual(before);
  });

  test("an output folder behind a link that leaves the project", () => {
    const folder = projectWith();
    const elsewhere = projectWith();
    symlinkSync(elsewhere, join(folder, "web"));
    const before = contents(elsewhere);
    const { code, err } = run(["gen"], folder);
    expect(code).toBe(2);
    expect(err).toContain("error[MZ7006]: web/mizan lies outside the project");
    expect(contents(elsewhere)).toEqual(before);
  });

  test("a working directory that is gone", () => {
    const folder = projectWith();
    mkdirSync(join(folder, "gone"));
    const script = `cd gone && rmdir ../gone && exec ${process.execPath} ${mizan.path} gen`;
    let ended = { status: 0, stderr: "" };
    try {
      execFileSync("sh", ["-c", script], { cwd: folder, stdio: "pipe", encoding: "utf8" });
    } catch (error) {
      ended = error as typeof ended;
    }
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain("error[MZ7013]: the working directory does not exist any more");
  });
});

describe("contracts that nobody can read", () => {
  test.each([
    ["missing", null, 2, "MZ7009"],
    ["empty", "", 0, null],
    ["of 5 MB", "a".repeat(5_000_000), 1, "MZ1023"],
    ["not UTF-8", new Uint8Array([0x74, 0xc3, 0x28]), 1, "MZ1024"],
    ["UTF-16", Buffer.from(`\ufeff${contract}`, "utf16le"), 1, "MZ1024"],
    ["binary", new Uint8Array(4096).map((_, index) => index % 251), 1, "MZ1024"],
    ["nested without end", "a {".repeat(20_000), 1, "MZ1022"],
    ["a folder", "folder", 2, "MZ7011"],
  ])("%s", (_, content, exit, code) => {
    const folder = projectWith();
    rmSync(join(folder, "contract"), { recursive: true });
    if (content === "folder") mkdirSync(join(folder, "contract/user.kdl"), { recursive: true });
    else if (content !== null) writeFiles(folder, { "contract/user.kdl": content });
    const answer = run(["check"], folder);
    expect(answer.code).toBe(exit);
    if (code !== null) expect(answer.out).toContain(`error[${code}]`);
    expect(answer.out.length).toBeLessThan(20_000);
  });
});

describe("pipes", () => {
  test("standard input, and a reader that goes away", () => {
    const folder = projectWith();
    expect(run(["check", "-"], folder, { input: contract })).toMatchObject({ code: 0, out: "" });
    const head = execFileSync("sh", ["-c", `${process.execPath} ${mizan.path} canon | head -1`], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(head).toMatch(/^type "/);
  });

  test("explain prints a packed page", () => {
    expect(run(["explain", "MZ6001"], projectWith()).out).toMatch(/^# MZ6001/);
  });
});

test("init, in an empty folder: what it makes is current", () => {
  const folder = makeFolder();
  folders.push(folder);
  mkdirSync(join(folder, ".git"));
  const first = run(["init"], folder);
  expect(first.code).toBe(0);
  expect(first.err).toContain("Next:\n  npm install\n  npm run dev ");
  expect(run(["check"], folder)).toMatchObject({ code: 0, out: "" });
  expect(run(["gen"], folder).err).toMatch(/^nothing changed/);
  expect(readFileSync(join(folder, ".gitignore"), "utf8")).toContain("node_modules/");
  const before = contents(folder);
  expect(run(["init"], folder).code).toBe(1);
  expect(contents(folder)).toEqual(before);
});

test("no handful of bytes makes the executable print a stack", () => {
  const folder = projectWith();
  const chance = (seed: number): number => Math.abs(Math.sin(seed) * 1e6) % 1;
  for (let seed = 1; seed <= 8; seed++) {
    const bytes = Buffer.from(contract + config).map((byte, index) =>
      chance(seed * 1000 + index) < 0.02 ? Math.floor(chance(seed + index) * 256) : byte,
    );
    const path = seed % 2 === 0 ? "mizan.config.kdl" : "contract/user.kdl";
    writeFileSync(join(folder, path), bytes);
    expect([0, 1, 2]).toContain(run([seed % 3 === 0 ? "canon" : "gen"], folder).code);
    writeFiles(folder, project);
  }
});

test("a copied project, whose files all have new times, is recognized by content", () => {
  const folder = projectWith();
  run(["gen"], folder);
  const copy = makeFolder();
  folders.push(copy);
  cpSync(folder, copy, { recursive: true });
  expect(run(["gen"], copy).err).toMatch(/^nothing changed/);
  const file = join(copy, "web/mizan/types.ts");
  const { mtime } = statSync(file);
  unlinkSync(file);
  expect(run(["gen"], copy).err).toMatch(/^1 file written/);
  expect(existsSync(file)).toBe(true);
  expect(statSync(file).mtime).not.toEqual(mtime);
});
