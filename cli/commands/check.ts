/** `mizan check`: what is wrong with the contract, in the form asked for. The report is the data: it goes to stdout. */
import { compileForUse } from "../../ir/compile.js";
import { sortDiagnostics } from "../../ir/diagnostics/sort.js";
import { readContractArgument } from "../contract-input.js";
import type { Host } from "../host.js";
import type { ExitCode, Installation } from "../installation.js";
import { countSeverities, toSummary } from "../report/count.js";
import { renderReport, type ReportFormat } from "../report/report.js";
import { ansiStyle, plainStyle } from "../report/style.js";
import { toCount } from "../show.js";

export type CheckOptions = {
  readonly path: string | null;
  readonly config: string | null;
  readonly format: ReportFormat;
  /** Null: any number of warnings will do. */
  readonly maxWarnings: number | null;
  readonly quiet: boolean;
};

export function check(host: Host, installation: Installation, options: CheckOptions): ExitCode {
  const { terminal } = host;
  const input = readContractArgument(host, options.path, options.config);
  const found = input.exit === null ? compileForUse(input.sources).diagnostics : [];
  const diagnostics = sortDiagnostics([...input.diagnostics, ...found]);
  terminal.out(
    renderReport(options.format, diagnostics, input.sources, {
      style: terminal.colour.out ? ansiStyle : plainStyle,
      width: terminal.width,
      version: installation.version,
    }),
  );
  const counts = countSeverities(diagnostics);
  if (!options.quiet) {
    terminal.err(`${toSummary(counts)} in ${toCount(input.sources.length, "file")}\n`);
  }
  if (input.exit !== null) return input.exit;
  if (counts.errors > 0) return 1;
  if (options.maxWarnings === null || counts.warnings <= options.maxWarnings) return 0;
  terminal.err(`--max-warnings allows ${options.maxWarnings}\n`);
  return 1;
}
