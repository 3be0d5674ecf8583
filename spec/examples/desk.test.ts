/** What the desk commits of `mizan gen` is what `mizan gen` writes, and the desk compiles against the built runtime. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../..");
const desk = join(root, "examples/desk");

function run(command: string, args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, command), ...args], {
    cwd: desk,
    encoding: "utf8",
  });
  return { status, output: stdout + stderr };
}

beforeAll(() => {
  if (!existsSync(join(root, "dist/mizan.js"))) throw new Error("run `npm run build` first");
});

test("the generated code of the desk is current (mizan gen in examples/desk mends it)", () => {
  expect(run("dist/mizan.js", ["gen", "--check"])).toMatchObject({ status: 0 });
});

test("the contract of the desk has no warnings", () => {
  expect(run("dist/mizan.js", ["check", "--max-warnings", "0"])).toMatchObject({ status: 0 });
});

test("the desk compiles", () => {
  expect(run("node_modules/typescript/bin/tsc", ["-p", "."])).toEqual({ status: 0, output: "" });
});
