/**
 * `mizan`: from arguments to a command to an exit code.
 *
 * 0 done · 1 the contract has errors, or the output is refused or stale · 2 wrong usage or configuration ·
 * 70 a bug of ours, which prints MZ9001 and never a bare stack.
 *
 * Everything that needs the machine comes in with the host. Commands are loaded when they are called: none
 * should pay for what another one needs.
 */
import { join } from "node:path";
import { report } from "../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../ir/diagnostics/diagnostic.js";
import { FileFault, toReason, type Host } from "./host.js";
import type { ExitCode, Installation } from "./installation.js";
import { createProgram } from "./program.js";
import { showDiagnostics, toShown } from "./show.js";
import { UsageError } from "./usage.js";

/** Runs a command. `argv` is without the executable: `["gen", "--check"]`. */
export async function main(
  argv: readonly string[],
  host: Host,
  installation: Installation,
): Promise<ExitCode> {
  try {
    return await createProgram(host, installation).run(argv);
  } catch (error) {
    if (error instanceof UsageError) {
      showDiagnostics(host, [error.diagnostic], []);
      return 2;
    }
    if (error instanceof FileFault) {
      const path = toShown(host.machine.cwd, error.path);
      showDiagnostics(host, [report("MZ6014", null, { path, reason: toReason(error) })], []);
      return 1;
    }
    showDiagnostics(host, [toBug(host, error, installation.version)], []);
    return 70;
  }
}

/** The report of a bug of ours. The stack goes to a file, for whoever mends it. */
export function toBug(host: Host, error: unknown, version: string): Diagnostic {
  const problem = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const stack = error instanceof Error ? (error.stack ?? problem) : problem;
  const where = keep(host, `mizan ${version}, node ${host.machine.runtime}\n${stack}\n`);
  const attach = where === null ? "" : `, and ${where}, which says where it happened`;
  return report(
    "MZ9001",
    null,
    { problem: firstLine(problem) },
    {
      help: `this is not your fault; please report it with the contract and the command${attach}`,
    },
  );
}

/** The path of a file that now holds the text, or null when there is no room for one. */
function keep(host: Host, text: string): string | null {
  for (let count = 0; count < 100; count++) {
    const path = join(host.machine.temporary, `mizan-bug-${host.machine.pid}-${count}.txt`);
    try {
      host.files.create(path, text);
      return path;
    } catch (fault) {
      if (!(fault instanceof FileFault) || fault.code !== "EEXIST") return null;
    }
  }
  return null;
}

function firstLine(text: string): string {
  const line = text.split("\n")[0] ?? "";
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
