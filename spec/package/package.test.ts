/**
 * What a team gets: both packages as they would be published, in an empty folder, with the commands that
 * `mizan init` prints followed to the letter. Needs the package registry, as any installation does.
 */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(__dirname, "../..");
const patience = 240_000;

let folder = "";
let project = "";
const children: ChildProcess[] = [];

function inShell(command: string, cwd: string): string {
  try {
    return execFileSync("sh", ["-c", command], {
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, CI: "", NODE_ENV: "", npm_config_loglevel: "error" },
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command}\n${stdout ?? ""}${stderr ?? ""}`);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === "object" && address !== null ? address.port : 0),
      );
    });
  });
}

/** Waits until the server answers; gives up when its process ended. */
async function answer(child: ChildProcess, url: string): Promise<Response> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    try {
      return await fetch(url);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mizan-package-"));
  project = join(folder, "shop");
  execFileSync("mkdir", [project]);
  for (const from of [root, join(root, "runtime")])
    inShell(`npm pack --pack-destination ${folder}`, from);
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  expect(tarballs.length).toBe(2);
  inShell(`npm install ${tarballs.map((name) => `../${name}`).join(" ")}`, project);
}, patience);

afterAll(() => {
  // The whole group: npm does not hand a signal on to the server it started.
  for (const { pid } of children) if (pid !== undefined) process.kill(-pid, "SIGTERM");
  rmSync(folder, { recursive: true, force: true });
});

test(
  "an empty folder becomes a running application by the commands that init prints",
  async () => {
    const printed = inShell("npx mizan init 2>&1", project);
    const commands = printed.split("\n").map((line) => line.trim());
    const setUp = commands.filter((line) => /^npm (install|pkg) /.test(line));
    expect(setUp.length).toBeGreaterThan(0);
    for (const command of setUp) inShell(command, project);

    // Everything that was generated is current, compiles, and builds.
    inShell("npm run check", project);
    inShell("npm run build", project);

    const port = await freePort();
    const child = spawn("npm", ["start"], {
      cwd: project,
      stdio: "ignore",
      detached: true,
      env: {
        ...process.env,
        PORT: String(port),
        MIZAN_CSRF_SECRET: "a secret of thirty-two characters!",
      },
    });
    children.push(child);
    const base = `http://127.0.0.1:${port}/api/mizan`;
    const bundle = await (await answer(child, `${base}/ctx/todos/`)).json();
    expect(Object.keys(bundle)).toEqual(["todo_list", "todo_progress"]);

    const session = await fetch(`${base}/session/`);
    const { csrfToken } = (await session.json()) as { csrfToken: string };
    const called = await fetch(`${base}/call/`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-csrftoken": csrfToken,
        cookie: session.headers
          .getSetCookie()
          .map((line) => line.split(";")[0])
          .join("; "),
      },
      body: JSON.stringify({ fn: "add_todo", args: { title: "Pack it" } }),
    });
    expect(await called.json()).toMatchObject({
      result: { title: "Pack it", done: false },
      invalidate: [{ function: "todo_progress" }],
      merge: [{ context: "todos", slot: "todo_list", op: "upsert", key: "id" }],
    });
  },
  patience,
);

test(
  "tests of components have their server, in Node and in a browser's bundle",
  () => {
    const config = join(project, "mizan.config.kdl");
    const text = readFileSync(config, "utf8");
    writeFileSync(config, text.replace('target "react"', 'target "react"; target "testing"'));
    inShell("npx mizan gen 2>&1", project);
    writeFileSync(
      join(project, "src/story.ts"),
      [
        `import { mswHandlers } from "@mizan/runtime/testing";`,
        `import { callAddTodo } from "./mizan/client/index.js";`,
        `import { createTestMizan, exampleTodo } from "./mizan/client/testing.js";`,
        `const server = createTestMizan({ addTodo: ({ title }) => exampleTodo({ title }) });`,
        `const { title } = await callAddTodo({ title: "Pack it" }, server);`,
        `console.log(title, server.calls.length, typeof mswHandlers);`,
      ].join("\n"),
    );
    inShell("npx tsc", project);
    inShell("npx vite build --ssr src/story.ts --outDir story", project);
    expect(inShell("node story/story.js", project)).toBe("Pack it 1 function\n");

    const page = join(project, "page.config.mjs");
    const input = JSON.stringify({ build: { rollupOptions: { input: "src/story.ts" } } });
    writeFileSync(page, `export default ${input};`);
    // Nothing of Node was left for the bundler to put something empty in its place.
    const built = inShell(`npx vite build --config ${page} --outDir page 2>&1`, project);
    expect(built).not.toMatch(/externalized for browser|not exported|unresolved/i);
    const made = inShell("cat page/assets/*.js", project);
    expect(made).not.toMatch(/node:|__vite-browser-external/);
    rmSync(join(project, "src/story.ts"));
    writeFileSync(config, text);
    inShell("npx mizan gen 2>&1", project);
  },
  patience,
);

test(
  "a new function becomes a stub that compiles, and a broken contract leaves everything as it was",
  () => {
    const contract = join(project, "contract/todo.kdl");
    const text = readFileSync(contract, "utf8");
    writeFileSync(contract, `${text}\nfunction count_todos -> integer\n`);
    expect(inShell("npx mizan gen 2>&1", project)).toContain("src/handlers/count-todos.ts");
    inShell("npx tsc", project);

    const types = readFileSync(join(project, "src/mizan/client/types.ts"), "utf8");
    writeFileSync(contract, `${text}\nfunction count_todos -> intger\n`);
    expect(() => inShell("npx mizan gen", project)).toThrow(/did you mean `integer`/);
    expect(readFileSync(join(project, "src/mizan/client/types.ts"), "utf8")).toBe(types);
  },
  patience,
);
