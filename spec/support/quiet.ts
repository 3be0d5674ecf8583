/** A logger that says nothing, for applications whose failures are meant. */
import type { Logger } from "@mizan/runtime/server";

export const quiet: Logger = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
};
