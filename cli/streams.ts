/** Standard output and standard error, for the launcher and for everything behind it. */
import { writeSync } from "node:fs";
import { codeOf } from "./node-files.js";

/**
 * Writes at once, so that the end of the process can cut nothing off. A reader that went away (`mizan canon |
 * head`) is no error of ours; a pipe that is full for the moment is left to the stream, which waits for it.
 */
export function writeAll(descriptor: 1 | 2, text: string): void {
  const bytes = Buffer.from(text);
  let done = 0;
  try {
    while (done < bytes.length) done += writeSync(descriptor, bytes, done);
  } catch (error) {
    const code = codeOf(error);
    const stream = descriptor === 1 ? process.stdout : process.stderr;
    if (code === "EAGAIN") stream.write(bytes.subarray(done));
    else if (code !== "EPIPE") throw error;
  }
}

/** `NO_COLOR` (any value but the empty one) wins over `FORCE_COLOR`, which wins over what the stream is. */
export function isColoured(
  env: Readonly<Record<string, string | undefined>>,
  terminal: boolean | undefined,
): boolean {
  if ((env["NO_COLOR"] ?? "") !== "") return false;
  const forced = env["FORCE_COLOR"] ?? "";
  if (forced !== "") return forced !== "0";
  // Node leaves it undefined for anything but a terminal, whatever its types say.
  return terminal === true && env["TERM"] !== "dumb";
}

/** Columns that a report may use: those of the terminal, else 100. */
export function widthOf(stream: { readonly isTTY?: boolean; readonly columns?: number }): number {
  return stream.isTTY === true && stream.columns !== undefined && stream.columns > 0
    ? stream.columns
    : 100;
}
