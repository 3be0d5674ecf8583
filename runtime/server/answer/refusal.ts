/**
 * Why a request was not carried out, as a value: what the dispatcher's checks return instead of throwing,
 * and what the error envelope is made of.
 */

export type Refusal = {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details?: unknown;
  /** Methods for the `Allow` header of a 405. */
  readonly allow?: string;
  /** For `WWW-Authenticate`, when a bearer token was refused. */
  readonly challenge?: string;
  /** Seconds for `Retry-After`. */
  readonly retryAfter?: number;
  /** The connection is not kept for another request. */
  readonly hangUp?: true;
};

export const badRequest = (message: string): Refusal => ({
  status: 400,
  code: "BAD_REQUEST",
  message,
});

/** `Allow` for an endpoint that takes `POST`, or `GET` and `HEAD`. */
export const allowed = { POST: "POST, OPTIONS", GET: "GET, HEAD, OPTIONS" } as const;

export const wrongMethod = (only: "POST" | "GET"): Refusal => ({
  status: 405,
  code: "BAD_REQUEST",
  message: `Only ${only} method allowed`,
  allow: allowed[only],
});

/** For a path that only these methods have. */
export const notThisMethod = (methods: readonly string[]): Refusal => ({
  status: 405,
  code: "BAD_REQUEST",
  message: `Only ${methods.join(", ")} ${methods.length === 1 ? "method" : "methods"} allowed`,
  allow: [...methods, "OPTIONS"].join(", "),
});

export const unauthorized = (message = "Authentication required"): Refusal => ({
  status: 401,
  code: "UNAUTHORIZED",
  message,
});

export const forbidden = (message: string, details?: object): Refusal => ({
  status: 403,
  code: "FORBIDDEN",
  message,
  ...(details && { details }),
});

export const notFound = (message: string): Refusal => ({
  status: 404,
  code: "NOT_FOUND",
  message,
});

export const contractMismatch: Refusal = {
  status: 409,
  code: "CONTRACT_MISMATCH",
  message: "This client was generated from another contract",
};

export const tooLarge = (message: string): Refusal => ({
  status: 413,
  code: "PAYLOAD_TOO_LARGE",
  message,
});

export const payloadTooLarge = (limit: number): Refusal =>
  tooLarge(`Request body exceeds ${limit} bytes`);

export const bodyStalled: Refusal = {
  status: 408,
  code: "BAD_REQUEST",
  message: "Request body did not arrive in time",
  hangUp: true,
};

export const unsupportedMediaType = (message: string): Refusal => ({
  status: 415,
  code: "UNSUPPORTED_MEDIA_TYPE",
  message,
});

/** `fields`: path of each failing field to its messages. */
export const validationError = (fields: object): Refusal => ({
  status: 422,
  code: "VALIDATION_ERROR",
  message: "Input validation failed",
  details: { fields },
});

export const internalError = (requestId: string): Refusal => ({
  status: 500,
  code: "INTERNAL_ERROR",
  message: "An internal error occurred",
  details: { request_id: requestId },
});

export const notImplemented: Refusal = {
  status: 501,
  code: "NOT_IMPLEMENTED",
  message: "Not implemented yet",
};

export const shuttingDown: Refusal = {
  status: 503,
  code: "UNAVAILABLE",
  message: "The server is shutting down",
  retryAfter: 2,
  hangUp: true,
};
