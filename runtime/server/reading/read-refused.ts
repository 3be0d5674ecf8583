import type { Refusal } from "../answer/refusal.js";

/** A load that failed, on its way through the cache to all who wait for it. */
export class ReadRefused extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
