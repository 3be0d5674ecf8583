/** Wrong usage: thrown where arguments are read, caught once in `main`. */
import { report } from "../ir/diagnostics/catalogue.js";
import type { Diagnostic } from "../ir/diagnostics/diagnostic.js";

export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly diagnostic: Diagnostic;

  constructor(problem: string, help: string | null = null) {
    super(problem);
    this.diagnostic = report("MZ7013", null, { problem }, { help });
  }
}
