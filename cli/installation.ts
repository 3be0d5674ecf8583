/** What every command is told about the executable it runs in, and what it answers. */

/** 0 done · 1 contract errors, refused or stale output · 2 usage or configuration · 70 a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 70;

/** What the command line knows about its own installation. */
export type Installation = {
  readonly version: string;
  /** Names this very build: another one may generate other text. */
  readonly build: string;
  /** Folder of the pages that `mizan explain` prints. */
  readonly pages: string;
  /** Folder of the files that `mizan init` creates. */
  readonly starter: string;
};
