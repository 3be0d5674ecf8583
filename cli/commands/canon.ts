/** `mizan canon`: the contract in the family's normal form on stdout. Only a sound contract has one. */
import { compileToPrint } from "../../ir/compile.js";
import { sortDiagnostics } from "../../ir/diagnostics/sort.js";
import { printCanonical } from "../../ir/print/canonical.js";
import { readContractArgument } from "../contract-input.js";
import type { Host } from "../host.js";
import type { ExitCode } from "../installation.js";
import { hasErrors, showDiagnostics } from "../show.js";
import { sha256 } from "../write/fingerprint.js";

export type CanonOptions = {
  readonly path: string | null;
  readonly config: string | null;
  /** With the extensions that the family has no word for. */
  readonly full: boolean;
  /** The SHA-256 of the full form instead of a text. */
  readonly hash: boolean;
};

export function canon(host: Host, options: CanonOptions): ExitCode {
  const input = readContractArgument(host, options.path, options.config);
  if (input.exit !== null) {
    showDiagnostics(host, input.diagnostics, input.sources);
    return input.exit;
  }
  const { value, diagnostics: found } = compileToPrint(input.sources);
  const diagnostics = sortDiagnostics([...input.diagnostics, ...found]);
  showDiagnostics(host, diagnostics, input.sources);
  if (hasErrors(diagnostics)) return 1;
  const text = printCanonical(value, { full: options.full || options.hash });
  host.terminal.out(options.hash ? `${sha256(text)}\n` : text);
  return 0;
}
