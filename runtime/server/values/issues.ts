/** The faults found in one value, each with the path to it. */
import { setOwn } from "./own.js";

/** Enough to correct any request a person wrote, and no lever to make us answer megabytes. */
const MOST = 500;
/** A step may be a key that the sender chose. */
const LONGEST_STEP = 200;

type Issue = { readonly path: (string | number)[]; readonly message: string };

/**
 * Codecs add a fault where they stand, without knowing the way there; whoever called them puts its own step
 * in front (`prefix`). So a sound value costs nothing but a comparison of counts.
 */
export class Issues {
  readonly #issues: Issue[] = [];

  get count(): number {
    return this.#issues.length;
  }

  /** Full: looking further would find nothing that is reported. */
  get full(): boolean {
    return this.#issues.length >= MOST;
  }

  add(message: string): undefined {
    if (!this.full) this.#issues.push({ path: [], message });
    return undefined;
  }

  /** Puts a step in front of the paths of all faults from the given count on. */
  prefix(from: number, step: string | number): void {
    const shown =
      typeof step === "string" && step.length > LONGEST_STEP
        ? `${step.slice(0, LONGEST_STEP)}…`
        : step;
    for (const issue of this.#issues.slice(from)) issue.path.unshift(shown);
  }

  /** `{"point.x": ["Expected an integer"]}`, the form of `details.fields`. */
  toFields(): Record<string, string[]> {
    const fields: Record<string, string[]> = {};
    for (const { path, message } of this.#issues) {
      const key = path.join(".");
      const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (known) known.push(message);
      else setOwn(fields, key, [message]);
    }
    return fields;
  }

  /** One line for the log. */
  toText(): string {
    return this.#issues
      .map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message))
      .join("; ");
  }
}
