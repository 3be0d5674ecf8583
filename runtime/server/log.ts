/** Where the server writes what its answers must not say. `console` fits. */

export interface Logger {
  debug(message: string, fields?: object): void;
  info(message: string, fields?: object): void;
  warn(message: string, fields?: object): void;
  error(message: string, fields?: object): void;
}

/** The logger a server uses: whatever it is given, a failing logger never fails a request. */
export function toSafeLogger(logger: Logger): Logger {
  const guarded =
    (level: keyof Logger) =>
    (message: string, fields?: object): void => {
      try {
        if (fields === undefined) logger[level](message);
        else logger[level](message, fields);
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
