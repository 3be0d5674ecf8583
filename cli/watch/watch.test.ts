/** `mizan gen --watch` as people use it: a process, a disk, and editors with their habits. */
import { spawn, type ChildProcess } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  openSync,
  closeSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import {
  buildExecutable,
  config,
  contract,
  makeFolder,
  project,
  writeFiles,
  type Executable,
} from "../testing/executable.js";

jest.setTimeout(60_000);

let mizan: Executable;
let folder: string;
let watching: Watching;

beforeAll(() => {
  mizan = buildExecutable();
});

afterAll(() => mizan.remove());

type Watching = {
  readonly child: ChildProcess;
  /** Resolves with what was printed since the last call, as soon as that matches. */
  next(pattern: RegExp): Promise<string>;
  /** What was printed since the last call. */
  rest(): string;
};

function startWatch(cwd: string, ...argv: readonly string[]): Watching {
  const child = spawn(process.execPath, [mizan.path, "gen", "--watch", ...argv], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let text = "";
  let seen = 0;
  let wake: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
      wake();
    });
  }
  child.once("exit", () => wake());
  const rest = (): string => {
    const part = text.slice(seen);
    seen = text.length;
    return part;
  };
  return {
    child,
    rest,
    async next(pattern) {
      const deadline = Date.now() + 30_000;
      while (!pattern.test(text.slice(seen))) {
        const left = deadline - Date.now();
        if (left < 0 || child.exitCode !== null) {
          throw new Error(`waited for ${String(pattern)} in:\n${text.slice(seen)}`);
        }
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, left);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      return rest();
    },
  };
}

/** An end of a run: every one has exactly one such line. */
const line = /^.*(?: in [\d.]+ m?s| stays \([\d.]+ m?s\))$/m;

function at(path: string): string {
  return join(folder, path);
}

function read(path: string): string {
  return readFileSync(at(path), "utf8");
}

function output(): readonly string[] {
  return ["src", "web"].flatMap((top) =>
    readdirSync(at(top), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return `${path} ${statSync(path).mtimeMs} ${readFileSync(path, "utf8")}`;
      }),
  );
}

const kdl = "contract/user.kdl";
const withAge = contract.replace("name=string\ncontext", "name=string age=integer\ncontext");
const withPong = `${contract}function pong -> boolean\n`;

beforeEach(async () => {
  folder = makeFolder();
  writeFiles(folder, project);
  watching = startWatch(folder);
  await watching.next(/\d+ files written, 3 handlers created in /);
  // The watcher is set up after the first run; what changes before it is seen by the run after that.
  await new Promise((resolve) => setTimeout(resolve, 300));
});

afterEach(async () => {
  if (watching.child.exitCode === null) {
    const ended = new Promise((resolve) => watching.child.once("exit", resolve));
    watching.child.kill("SIGKILL");
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

test("writes what a change asks for, and says so in one line", async () => {
  writeFileSync(at(kdl), withAge);
  const said = await watching.next(line);
  expect(said).toMatch(/^contract\/user\.kdl changed: \d files written in \d+ m?s\n$/);
  expect(read("web/mizan/types.ts")).toContain("age: number");

  // Saved again without a change; then a comment.
  writeFileSync(at(kdl), withAge);
  expect(await watching.next(line)).toMatch(
    /^contract\/user\.kdl changed: nothing changed: \d+ files/,
  );
  writeFileSync(at(kdl), `// nothing\n${withAge}`);
  expect(await watching.next(line)).toContain("nothing changed");
});

test("keeps the last good output while the contract is broken", async () => {
  const before = output();
  writeFileSync(at(kdl), contract.replace("-> Profile {", "-> Profil {"));
  const said = await watching.next(line);
  expect(said).toContain("did you mean `Profile`?");
  expect(said).toMatch(/\ncontract\/user\.kdl changed: 1 error.*; the last good output stays \(/);
  writeFileSync(at(kdl), "function {{{ \0");
  await watching.next(line);
  expect(output()).toEqual(before);
  writeFileSync(at(kdl), withPong);
  expect(await watching.next(line)).toContain("new handler: src/handlers/pong.ts\n");
});

test("is not fooled by an editor that empties the file before it fills it", async () => {
  const before = output();
  const file = openSync(at(kdl), "w");
  await new Promise((resolve) => setTimeout(resolve, 40));
  writeSync(file, contract);
  closeSync(file);
  expect(await watching.next(line)).toContain("nothing changed");
  expect(output()).toEqual(before);
});

test.each([
  [
    "writes beside and renames",
    () => {
      writeFileSync(at("contract/.user.kdl.tmp"), withAge);
      renameSync(at("contract/.user.kdl.tmp"), at(kdl));
    },
  ],
  [
    "renames the old one away and writes anew",
    () => {
      renameSync(at(kdl), at("contract/user.kdl~"));
      writeFileSync(at(kdl), withAge);
    },
  ],
  [
    "removes and writes anew, a moment later",
    async () => {
      unlinkSync(at(kdl));
      await new Promise((resolve) => setTimeout(resolve, 30));
      writeFileSync(at(kdl), withAge);
    },
  ],
])("follows an editor that %s", async (_, save) => {
  await save();
  expect(await watching.next(line)).toMatch(/user\.kdl changed: \d files written/);
  expect(read("web/mizan/types.ts")).toContain("age: number");
  // And goes on following.
  writeFileSync(at(kdl), withPong);
  expect(await watching.next(line)).toContain("1 handler created");
});

test("follows files and folders that come, move and go", async () => {
  mkdirSync(at("contract/more/deep"), { recursive: true });
  writeFileSync(at("contract/more/deep/pong.kdl"), "function pong -> boolean\n");
  await watching.next(/1 handler created/);
  renameSync(at("contract/more"), at("contract/other"));
  await watching.next(/nothing changed/);
  expect(read("web/mizan/functions.ts")).toContain("callPong");
  rmSync(at("contract/other"), { recursive: true });
  await watching.next(
    /warning\[MZ6007\]: the handler src\/handlers\/pong\.ts has no function or view any more/,
  );
  await watching.next(line).catch(() => "");
  expect(read("web/mizan/functions.ts")).not.toContain("callPong");
  expect(existsSync(at("src/handlers/pong.ts"))).toBe(true);
});

test("survives the whole contract going away and coming back", async () => {
  const before = output();
  renameSync(at("contract"), at("elsewhere"));
  await watching.next(/error\[MZ70(?:09|11)\][^]*stays/);
  expect(output()).toEqual(before);
  renameSync(at("elsewhere"), at("contract"));
  await watching.next(/nothing changed/);
  writeFileSync(at(kdl), withPong);
  await watching.next(/1 handler created/);
});

test("follows its configuration and prettier's", async () => {
  writeFileSync(at("mizan.config.kdl"), `${config}client "admin/mizan"\n`);
  expect(await watching.next(line)).toMatch(/^mizan\.config\.kdl changed: \d+ files written/);
  expect(existsSync(at("admin/mizan/index.ts"))).toBe(true);
  writeFileSync(at("mizan.config.kdl"), "clint 1\n");
  expect(await watching.next(line)).toContain("error[MZ7002]");
  writeFileSync(at("mizan.config.kdl"), config);
  await watching.next(/nothing changed/);
  writeFileSync(at(".prettierrc"), '{ "singleQuote": true }\n');
  expect(await watching.next(line)).toMatch(/^\.prettierrc changed: \d+ files written/);
  expect(read("web/mizan/index.ts")).toContain("from './types.js'");
});

test("answers a burst of changes and ends in the last state", async () => {
  for (let count = 0; count <= 30; count++) {
    writeFileSync(at(kdl), `${contract}function f_${count} -> boolean\n`);
    writeFileSync(at(`contract/f-${count % 3}.kdl`), `function g_${count} -> boolean\n`);
  }
  while (!existsSync(at("src/handlers/f-30.ts")) || !existsSync(at("src/handlers/g-30.ts"))) {
    await watching.next(line);
  }
  const functions = read("web/mizan/functions.ts");
  expect(functions).toContain("callF30");
  expect(functions).toContain("callG29");
  expect(functions).not.toMatch(/callF\d\b/);
});

test("refuses to run over an edited file, and goes on when that is undone", async () => {
  const good = read("web/mizan/types.ts");
  writeFileSync(at("web/mizan/types.ts"), "// mine\n");
  writeFileSync(at(kdl), withPong);
  expect(await watching.next(line)).toContain("error[MZ6001]");
  expect(read("web/mizan/types.ts")).toBe("// mine\n");
  writeFileSync(at("web/mizan/types.ts"), good);
  writeFileSync(at(kdl), `${withPong}\n`);
  expect(await watching.next(line)).toContain("1 handler created");
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends it cleanly", async (signal) => {
  writeFileSync(at(kdl), withAge);
  const ended = new Promise((resolve) => watching.child.once("exit", resolve));
  watching.child.kill(signal);
  expect(await ended).toBe(0);
  expect(watching.rest()).not.toMatch(/error|^\s+at /m);
  expect(existsSync(at("node_modules/.cache/mizan/lock"))).toBe(false);
});
