/** The built executable and projects on a real disk, for tests that need processes. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "../..");

export type Executable = {
  /** Path of `mizan.js`. */
  readonly path: string;
  readonly remove: () => void;
};

/** Builds the command line into a folder of its own: what `dist/` holds may be of yesterday. */
export function buildExecutable(): Executable {
  // Readable for everybody, since some tests run as nobody.
  const folder = makeFolder();
  execFileSync("node", [join(root, "scripts/build.mjs"), "--cli", join(folder, "dist")], {
    stdio: "pipe",
  });
  symlinkSync(join(root, "spec"), join(folder, "spec"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  return {
    path: join(folder, "dist/mizan.js"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "mizan-cli-"));
  execFileSync("chmod", ["755", folder]);
  return folder;
}

/** Writes files below a folder. */
export function writeFiles(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

export type Ended = {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
};

export type RunOptions = {
  readonly cwd: string;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs as a user that may do nothing special, even where the tests run as root. */
  readonly asNobody?: boolean;
};

/** Runs a command to its end. */
export function runExecutable(
  { path }: Executable,
  argv: readonly string[],
  { cwd, input = "", env = {}, asNobody = false }: RunOptions,
): Ended {
  const nobody = asNobody && process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  const { status, stdout, stderr } = spawnSync(process.execPath, [path, ...argv], {
    cwd,
    input,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: cwd, ...env },
    ...nobody,
  });
  return { code: status, out: stdout, err: stderr };
}

/** A contract with a mutation, a context, and one function outside of it. */
export const contract = `
type Profile user_id=integer name=string
context user {
    function user_profile user_id=integer -> Profile
}
function rename_user user_id=integer name=string -> Profile { merge user }
function ping -> boolean
`;

export const config = 'server "src/mizan/server"\nclient "web/mizan" { target "react" }\n';

/** A project with its own boundary, so that nothing above it counts. */
export const project: Readonly<Record<string, string>> = {
  ".git/HEAD": "",
  "package.json": "{}\n",
  "mizan.config.kdl": config,
  "contract/user.kdl": contract,
};
