/** Collects what is wrong with one file, and keeps a broken file from flooding the report. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** How many faults of one file are shown. A file with more is not a contract with mistakes in it. */
const shownPerFile = 100;

export class Faults {
  readonly #shown: Diagnostic[] = [];
  #hidden: Diagnostic | null = null;
  #hiddenCount = 0;

  add(diagnostic: Diagnostic): void {
    if (this.#shown.length < shownPerFile) {
      this.#shown.push(diagnostic);
    } else {
      this.#hidden ??= diagnostic;
      this.#hiddenCount++;
    }
  }

  /** How many were added, shown or not. */
  get count(): number {
    return this.#shown.length + this.#hiddenCount;
  }

  /** Whether no more faults are shown. Costly repairs are then not worth it. */
  get full(): boolean {
    return this.#shown.length >= shownPerFile;
  }

  /** Everything found, closed by a count of what is not shown. */
  get diagnostics(): readonly Diagnostic[] {
    if (this.#hidden === null) return this.#shown;
    const rest = report(
      "MZ1026",
      this.#hidden.primary && { span: this.#hidden.primary.span, text: "the next one is here" },
      { count: this.#hiddenCount },
      { help: "repair those above first" },
    );
    return [...this.#shown, rest];
  }
}
