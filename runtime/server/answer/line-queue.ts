/**
 * The lines of a streamed answer, between those who write them and the adapter that sends them at the speed
 * of the client. Lines enter whole or not at all, so whatever happens no broken one is sent.
 *
 * It holds what was written and not taken: at most the answers that the reads had to make anyway.
 */
export class LineQueue implements AsyncIterableIterator<string> {
  /** Settles once the last line is written and the reader has taken it, or is gone. */
  readonly over: Promise<void>;
  #text = "";
  #isEnded = false;
  #isLeft = false;
  #waitingSince: number | null = null;
  #wake: (() => void) | null = null;
  #settleOver: () => void = () => {};

  constructor() {
    this.over = new Promise((resolve) => {
      this.#settleOver = resolve;
    });
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Milliseconds of `performance.now()` since which only the reader is waited for; null while lines may come. */
  get waitingSince(): number | null {
    return this.#waitingSince;
  }

  /** `line` without its line break. What comes after the end, or for nobody, is dropped. */
  write(line: string): void {
    if (this.#isEnded || this.#isLeft) return;
    this.#text += `${line}\n`;
    // What one turn of the loop brings forth is sent together: a write costs more than a handler.
    if (this.#wake !== null) setImmediate(this.#wake);
    this.#wake = null;
  }

  end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#waitingSince = performance.now();
    this.#wakeNow();
    if (this.#isLeft) this.#settleOver();
  }

  /** Chunks of whole lines, for one reader. */
  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<string, undefined>> {
    if (this.#text === "" && !this.#isEnded && !this.#isLeft) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const value = this.#text;
    this.#text = "";
    if (this.#isEnded) this.#waitingSince = performance.now();
    if (value !== "") return { done: false, value };
    return this.return();
  }

  /** The reader is done, or wants no more. */
  return(): Promise<IteratorResult<string, undefined>> {
    this.#isLeft = true;
    this.#text = "";
    this.#wakeNow();
    if (this.#isEnded) this.#settleOver();
    return Promise.resolve({ done: true, value: undefined });
  }

  #wakeNow(): void {
    this.#wake?.();
    this.#wake = null;
  }
}
