/** The contract that `check` and `canon` read: the one named, standard input for `-`, else the configured one. */
import { resolve } from "node:path";
import { report } from "../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../ir/diagnostics/diagnostic.js";
import type { SourceFile } from "../ir/source/source.js";
import { noOverrides, readConfig } from "./config.js";
import { readContract, readContractInput } from "./contract-files.js";
import { FileFault, toReason, type Host } from "./host.js";
import { toShown } from "./show.js";

export type ContractInput = {
  readonly sources: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** Set when there is nothing to compile: what the command ends with. */
  readonly exit: 2 | null;
};

/** @param path as typed, relative to the working directory; null for the configured contract. */
export function readContractArgument(
  host: Host,
  path: string | null,
  config: string | null,
): ContractInput {
  const { files, machine, terminal } = host;
  const show = (shown: string): string => toShown(machine.cwd, shown);
  if (path === "-") {
    try {
      return toInput(readContractInput(terminal.readInput()));
    } catch (fault) {
      if (!(fault instanceof FileFault)) throw fault;
      return refused([report("MZ7017", null, { reason: toReason(fault) })]);
    }
  }
  if (path !== null) return toInput(readContract(files, resolve(machine.cwd, path), show));
  const { value, diagnostics, sources } = readConfig(files, machine.cwd, {
    ...noOverrides,
    config,
  });
  if (value === null) return { sources, diagnostics, exit: 2 };
  return toInput(readContract(files, value.contract, show));
}

/** Codes that say the contract could not be found or opened at all: usage or configuration, not contract. */
const unreachable: ReadonlySet<string> = new Set(["MZ7009", "MZ7010", "MZ7011"]);

/**
 * The exit code for what `readContract` found; null when compiling makes sense. It does where a file is not
 * UTF-8 or too large: the faults of the others come in the same run.
 */
export function exitOfReading(diagnostics: readonly Diagnostic[]): 2 | null {
  return diagnostics.some(({ code }) => unreachable.has(code)) ? 2 : null;
}

function toInput({ value, diagnostics }: ReturnType<typeof readContract>): ContractInput {
  return { sources: value.sources, diagnostics, exit: exitOfReading(diagnostics) };
}

function refused(diagnostics: readonly Diagnostic[]): ContractInput {
  return { sources: [], diagnostics, exit: 2 };
}
