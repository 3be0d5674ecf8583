/**
 * The numbers that the client goes by. They stand in a file that imports nothing, as the bundler then writes each where
 * it is used, instead of a name that every page would carry.
 */

/** An instance that nobody watches is kept for five minutes. */
export const DEFAULT_GC_MS = 300_000;

/** After so many overtakings in a row an answer is shown all the same: effects must not starve a screen. */
export const PATIENCE = 2;

/** So many reads of one instance may follow each other at once, and then one in so many milliseconds. */
export const BURST = 40;
export const PACE_MS = 500;
export const SLOWED_MS = 1000;

/** The server takes no more reads in one request. */
export const MOST_READS = 50;

/** Params of more characters travel in a body: of a URL many a server takes 8 KB, and a character may be nine bytes. */
export const LONGEST_QUERY = 2000;

/** For longer nobody waits in front of a screen until a read may be tried again: the error is shown instead. */
export const LONGEST_WAIT_S = 30;

/** For longer no answer waits for the others of its batch. */
export const LONGEST_HOLD_MS = 1000;

/** After every clock, and before what has not come. */
export const LATEST = 1e99;
