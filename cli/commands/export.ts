/** `mizan export manifest`: what others than Mizan read of a contract, on stdout or in a file. */
import { resolve } from "node:path";
import { assertNever } from "../../ir/assert-never.js";
import { compile } from "../../ir/compile.js";
import { report } from "../../ir/diagnostics/catalogue.js";
import type { Canonical } from "../../ir/model/canonical.js";
import { printCanonical } from "../../ir/print/canonical.js";
import { printEdgeManifest } from "../../ir/print/edge-manifest.js";
import { printWireShape } from "../../ir/print/wire-shape.js";
import { readContractArgument } from "../contract-input.js";
import type { ExportForm } from "../export-forms.js";
import { FileFault, toReason, type Host } from "../host.js";
import type { ExitCode } from "../installation.js";
import { hasErrors, showDiagnostics, toShown } from "../show.js";
import { UsageError } from "../usage.js";
import { replaceFile } from "../write/replace-file.js";
import { sha256 } from "../write/fingerprint.js";

export type ExportOptions = {
  readonly form: ExportForm;
  readonly path: string | null;
  readonly config: string | null;
  /** As typed, relative to the working directory; null or `-` for stdout. */
  readonly output: string | null;
};

export function exportContract(host: Host, options: ExportOptions): ExitCode {
  const input = readContractArgument(host, options.path, options.config);
  if (input.exit !== null) {
    showDiagnostics(host, input.diagnostics, input.sources);
    return input.exit;
  }
  const { cwd } = host.machine;
  const file = options.output === "-" ? null : options.output;
  const output = file === null ? null : resolve(cwd, file);
  if (input.sources.some(({ path }) => output === resolve(cwd, path))) {
    throw new UsageError(`--output ${file ?? ""} is a file of the contract`);
  }
  const { value, diagnostics } = compile(input.sources);
  showDiagnostics(host, diagnostics, input.sources);
  if (hasErrors(diagnostics)) return 1;
  const text = printForm(options.form, value);
  if (output === null) {
    host.terminal.out(text);
    return 0;
  }
  try {
    replaceFile(host, output, text);
    return 0;
  } catch (fault) {
    if (!(fault instanceof FileFault)) throw fault;
    const facts = { path: toShown(cwd, output), reason: toReason(fault) };
    showDiagnostics(host, [report("MZ6005", null, facts)], []);
    return 1;
  }
}

function printForm(form: ExportForm, canonical: Canonical): string {
  switch (form) {
    case "manifest":
      return printEdgeManifest(canonical, {
        contract: sha256(printCanonical(canonical, { full: true })),
        wire: sha256(printWireShape(canonical)).slice(0, 16),
      });
    default:
      return assertNever(form);
  }
}
