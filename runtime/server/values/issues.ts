/** The faults found in one value, each with the path to it. */
import { createHash } from "node:crypto";
import type { Weighed } from "./composites.js";
import { setOwn } from "./own.js";

/** Enough to correct any request a person wrote, and no lever to make us answer megabytes. */
const MOST = 500;
/** Characters of all paths and messages together, as a path may be long and stand in front of every fault. */
const MOST_TEXT = 100_000;
/** A step may be a key that the sender chose. */
const LONGEST_STEP = 200;

type Issue = { readonly path: (string | number)[]; readonly message: string };

/**
 * Codecs add a fault where they stand, without knowing the way there; whoever called them puts its own step
 * in front (`prefix`). So a sound value costs nothing but a comparison of counts.
 */
export class Issues {
  /** Of a union's arm being tried: what the unions inside it answered, which other arms will ask again. */
  readonly weighed: Weighed | null;
  readonly #most: number;
  /** Null while there is none: most values are sound. */
  #issues: Issue[] | null = null;

  constructor(weighed: Weighed | null = null) {
    this.weighed = weighed;
    // Of an arm that is only tried, the first fault is one too many.
    this.#most = weighed === null ? MOST : 1;
  }

  get count(): number {
    return this.#issues === null ? 0 : this.#issues.length;
  }

  /** Full: looking further would find nothing that is reported. */
  get full(): boolean {
    return this.count >= this.#most;
  }

  add(message: string): undefined {
    if (!this.full) (this.#issues ??= []).push({ path: [], message });
    return undefined;
  }

  /** Puts a step in front of the paths of all faults from the given count on. */
  prefix(from: number, step: string | number): void {
    const shown = typeof step === "string" ? shownStep(step) : step;
    for (const issue of this.#issues?.slice(from) ?? []) issue.path.unshift(shown);
  }

  /** `{"point.x": ["Expected an integer"]}`, the form of `details.fields`. */
  toFields(): Record<string, string[]> {
    const fields: Record<string, string[]> = {};
    let length = 0;
    for (const { path, message } of this.#issues ?? []) {
      const key = path.join(".");
      length += key.length + message.length;
      if (length > MOST_TEXT) break;
      const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
      if (known) known.push(message);
      else setOwn(fields, key, [message]);
    }
    return fields;
  }

  /** One line for the log. */
  toText(): string {
    return (this.#issues ?? [])
      .map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message))
      .join("; ");
  }
}

/** A key that can be sent, and told from others that begin alike. */
function shownStep(key: string): string {
  if (key.length <= LONGEST_STEP) return toWellFormed(key);
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 8);
  // No half of a character may be left at the cut.
  return `${toWellFormed(key.slice(0, LONGEST_STEP).replace(/[\uD800-\uDBFF]$/, ""))}…${hash}`;
}

const toWellFormed = (text: string): string => text.replace(/[\uD800-\uDFFF]/gu, "\uFFFD");

/** `1 item`, `2 items`. */
export const counted = (count: number, noun: string): string =>
  `${count} ${noun}${count === 1 ? "" : "s"}`;
