/** Where the server writes what its answers must not say. `console` fits. */

/**
 * `message` is one line, the same for all of a kind; `fields` are what tells them apart, such as `request_id` and
 * `error`, whose values need not be JSON. What a method throws, or rejects with, is dropped.
 */
export interface Logger {
  /** Handlers' own, by `ctx.log`; the server says nothing here. */
  debug(message: string, fields?: object): void;
  /** What is as it should be and good to know: a secret made for development, Redis that is back. */
  info(message: string, fields?: object): void;
  /** What goes on working, and should be looked at: an option that is doubtful, Redis that is away. */
  warn(message: string, fields?: object): void;
  /** What was answered 500, with the error itself under `error`. */
  error(message: string, fields?: object): void;
}

/** The logger a server uses: whatever it is given, a failing logger never fails a request. */
export function toSafeLogger(logger: Logger): Logger {
  const log = (level: keyof Logger, message: string, fields?: object): unknown =>
    fields === undefined ? logger[level](message) : logger[level](message, fields);
  const guarded =
    (level: keyof Logger) =>
    (message: string, fields?: object): void => {
      try {
        const written = log(level, message, fields);
        // The type lets asynchronous methods pass, and a rejection that nobody handles ends the process.
        if (written !== undefined) Promise.resolve(written).catch(() => undefined);
      } catch {
        // There is nowhere left to say it.
      }
    };
  return {
    debug: guarded("debug"),
    info: guarded("info"),
    warn: guarded("warn"),
    error: guarded("error"),
  };
}

/** The same logger with fields that every line carries. */
export function withFields(logger: Logger, constant: object): Logger {
  return {
    debug: (message, fields) => logger.debug(message, { ...constant, ...fields }),
    info: (message, fields) => logger.info(message, { ...constant, ...fields }),
    warn: (message, fields) => logger.warn(message, { ...constant, ...fields }),
    error: (message, fields) => logger.error(message, { ...constant, ...fields }),
  };
}
