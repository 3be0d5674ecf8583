/** Bundles by name, the least recently used first; what goes beyond the bound is dropped from there. */
import type { Bundle, Found } from "../cache.js";
import { GENERATION_BYTES, type Generation } from "./generations.js";

export type Stored = {
  readonly name: string;
  /** As it is answered, so that a hit makes nothing. */
  readonly found: Found;
  readonly generations: readonly Generation[];
  /** On the driver's clock. */
  readonly expiresAt: number;
  readonly bytes: number;
};

/** Objects and places in maps that come with each entry; about. */
const ENTRY_BYTES = 300;

/** What an entry takes at most: two bytes per character, and all its generations as if nobody shared them. */
export function bytesOf(
  name: string,
  { body, etag }: Bundle,
  generations: readonly Generation[],
): number {
  let characters = name.length + body.length + etag.length;
  for (const { scope } of generations) characters += scope.length;
  return 2 * characters + GENERATION_BYTES * generations.length + ENTRY_BYTES;
}

export class BoundedEntries {
  readonly #stored = new Map<string, Stored>();
  readonly #maxBytes: number;
  readonly #onDrop: (stored: Stored) => void;
  #bytes = 0;

  constructor(maxBytes: number, onDrop: (stored: Stored) => void) {
    this.#maxBytes = maxBytes;
    this.#onDrop = onDrop;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get size(): number {
    return this.#stored.size;
  }

  get(name: string): Stored | undefined {
    return this.#stored.get(name);
  }

  /** A map keeps the order of insertion. */
  touch(stored: Stored): void {
    this.#stored.delete(stored.name);
    this.#stored.set(stored.name, stored);
  }

  add(stored: Stored): void {
    const before = this.#stored.get(stored.name);
    if (before !== undefined) this.drop(before);
    this.#stored.set(stored.name, stored);
    this.#bytes += stored.bytes;
    for (const oldest of this.#stored.values()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.drop(oldest);
    }
  }

  drop(stored: Stored): void {
    if (!this.#stored.delete(stored.name)) return;
    this.#bytes -= stored.bytes;
    this.#onDrop(stored);
  }

  clear(): void {
    for (const stored of this.#stored.values()) this.drop(stored);
  }
}
