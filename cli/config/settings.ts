/** What a configuration says, whether in a file or on the command line. Names still as written. */
import type { Label } from "../../ir/diagnostics/diagnostic.js";

/** A path as somebody wrote it, and where. `at` is null for the command line. */
export type WrittenPath = { readonly text: string; readonly at: Label["span"] | null };

export type WrittenServer = {
  readonly path: WrittenPath;
  /** Null: beside the folder named `mizan`. */
  readonly handlers: WrittenPath | null;
};

/** What a client is made for, beside plain TypeScript. */
export const clientTargets = ["react", "testing"] as const;
export type ClientTarget = (typeof clientTargets)[number];

export type WrittenClient = {
  readonly path: WrittenPath;
  readonly targets: readonly ClientTarget[];
};

export type Format = "prettier" | "none";

/** Null where nothing was said. */
export type Settings = {
  readonly contract: WrittenPath | null;
  readonly server: WrittenServer | null;
  readonly clients: readonly WrittenClient[];
  readonly format: Format | null;
};
