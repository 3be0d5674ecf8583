/**
 * Everything under `generated/` compiles under every flag of `tsconfig.json` here, in both module systems, on
 * the oldest and the newest TypeScript. The oldest takes its time, so it sees the cases that have everything,
 * and with `bundler`, which is the clients' module system, their clients.
 */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const runs = [
  { compiler: "typescript", system: "nodenext", folders: ["generated"] },
  { compiler: "typescript", system: "bundler", folders: ["generated"] },
  {
    compiler: "typescript-5",
    system: "nodenext",
    folders: ["shop", "hostile", "empty", "views", "album"].map((name) => `generated/${name}`),
  },
  {
    compiler: "typescript-5",
    system: "bundler",
    folders: ["shop", "hostile", "empty", "album"].map((name) => `generated/${name}/client`),
  },
] as const;

type Run = (typeof runs)[number];

const folder = mkdtempSync(join(tmpdir(), "mizan-compile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a compiler has to say about generated files; the runtime's own sources are checked elsewhere. */
function complaints({ compiler, system, folders }: Run): Promise<readonly string[]> {
  const config = join(folder, `${compiler}-${system}.json`);
  writeFileSync(
    config,
    JSON.stringify({
      extends: resolve(`spec/generated/tsconfig.${system}.json`),
      compilerOptions: { typeRoots: [resolve("node_modules/@types")] },
      include: folders.map((path) => resolve(path)),
    }),
  );
  const args = [`node_modules/${compiler}/bin/tsc`, "-p", config, "--pretty", "false"];
  return new Promise((done) => {
    execFile(process.execPath, args, { maxBuffer: 1 << 26 }, (_, stdout, stderr) => {
      const lines = `${stdout}\n${stderr}`.split("\n").filter((line) => line !== "");
      done(lines.filter((line) => !/^(\S*\/)?runtime\/|^ /.test(line)));
    });
  });
}

test("every compiler accepts what is generated", async () => {
  const found = await Promise.all(runs.map(complaints));
  expect(found).toEqual(runs.map(() => []));
}, 180_000);
