/** Loads under way, so that those who want the same at the same time wait for one. */
import type { Bundle, Loader } from "./cache.js";

/** A *mark* is what a driver must know of a load to tell whether others may still join it. */
export class Flights<Mark> {
  readonly #flights = new Map<
    string,
    { readonly mark: Mark; readonly done: Promise<Bundle | null> }
  >();

  /** The mark of the load under way under this name. */
  markOf(name: string): Mark | undefined {
    return this.#flights.get(name)?.mark;
  }

  /**
   * Starts a load under this name; a load that was under way there goes on, but nobody joins it any more.
   * `settle` sees what came of it, null for what is not to be kept; until it is done the load can be joined.
   */
  async lead(
    name: string,
    mark: Mark,
    loader: Loader,
    settle: (bundle: Bundle | null) => void | Promise<void>,
  ): Promise<Bundle | null> {
    const flight = { mark, done: loader() };
    this.#flights.set(name, flight);
    let bundle: Bundle | null = null;
    try {
      bundle = await flight.done;
      return bundle;
    } finally {
      const remove = (): void => {
        if (this.#flights.get(name) === flight) this.#flights.delete(name);
      };
      const settled = settle(bundle);
      if (settled === undefined) remove();
      else void settled.then(remove);
    }
  }

  /** Waits for the load under way; where that has nothing to share, runs the loader. Null if none is under way. */
  join(name: string, loader: Loader): Promise<Bundle | null> | null {
    const flight = this.#flights.get(name);
    return flight === undefined ? null : flight.done.then((bundle) => bundle ?? loader());
  }
}
