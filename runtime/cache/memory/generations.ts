/**
 * Which purge an entry has lived through: a *generation* lasts from one purge of a scope to the next. A load
 * takes hold of the generations of all its scopes before it starts; what it brings is good as long as none of
 * them is over.
 */

export type Generation = {
  readonly scope: string;
  isOver: boolean;
  /** Entries and loads that hold it. */
  holders: number;
};

/** What one generation costs beside the text of its scope, in bytes; about. */
export const GENERATION_BYTES = 120;

export class Generations {
  readonly #current = new Map<string, Generation>();

  /** The generations of these scopes as they are now. To be released once. */
  hold(scopes: readonly string[]): readonly Generation[] {
    return scopes.map((scope) => {
      let generation = this.#current.get(scope);
      if (generation === undefined) {
        generation = { scope, isOver: false, holders: 0 };
        this.#current.set(scope, generation);
      }
      generation.holders += 1;
      return generation;
    });
  }

  /** Nobody can tell a scope that nothing is held of from one that was never asked for. */
  release(held: readonly Generation[]): void {
    for (const generation of held) {
      generation.holders -= 1;
      if (generation.holders === 0 && !generation.isOver) this.#current.delete(generation.scope);
    }
  }

  /** One step, however much is held. */
  end(scope: string): void {
    const generation = this.#current.get(scope);
    if (generation === undefined) return;
    generation.isOver = true;
    this.#current.delete(scope);
  }

  endAll(): void {
    for (const generation of this.#current.values()) generation.isOver = true;
    this.#current.clear();
  }
}

export const areCurrent = (held: readonly Generation[]): boolean => {
  for (const generation of held) if (generation.isOver) return false;
  return true;
};
