/** What the driver and the processes it started tell each other. */

export type ToServer = {
  readonly kind: "report";
  readonly id: number;
  /** Collect garbage before. */
  readonly collect: boolean;
};

export type FromServer =
  | { readonly kind: "listening"; readonly port: number }
  | {
      readonly kind: "report";
      readonly id: number;
      readonly isAvailable: boolean;
      /** Bytes on the heap and outside of it. */
      readonly used: number;
      readonly rss: number;
    }
  | { readonly kind: "warning" | "error"; readonly message: string };

/** `good` on an answer whose purges, if there were any, have reached Redis; otherwise `lost`. */
export const CACHE_HEADER = "X-Soak-Cache";
