/**
 * Every mistake of configuration that keeps a server from doing its work is named when it starts, before the
 * first request, and all of them together. What only a request can show is named in the log of that request.
 */
import { redisCache } from "@mizan/runtime/cache";
import { createServer, type ServerOptions } from "@mizan/runtime/abi/v1/server";
import { call, contractOf, recorder } from "./ask.js";

const contract = contractOf({
  functions: [{ name: "owned", guard: { predicate: "owns" } }, { name: "plain" }],
});
const handlers = { owned: () => null, plain: () => null };
const SECRET = "0123456789abcdef0123456789abcdef";
const right = {
  mode: "production",
  csrf: { secret: SECRET },
  predicates: { owns: () => true },
} as const;

const start = (options: object, given: object = handlers) =>
  createServer(contract, given, {
    logger: recorder().logger,
    ...right,
    ...options,
  } as ServerOptions);

test("what is right starts", () => {
  expect(() => start({})).not.toThrow();
});

const throwing = Object.defineProperty({}, "owns", {
  enumerable: true,
  get: () => {
    throw new Error("no policy file");
  },
});

test.each<[string, () => unknown, string]>([
  [
    "a secret that is missing in production",
    () => start({ csrf: {} }),
    "no secret: set csrf.secret, or csrf: false without cookies",
  ],
  [
    "one that an environment variable did not bring",
    () => start({ csrf: { secret: undefined } }),
    "no secret: set csrf.secret",
  ],
  ["a token's secret that is missing", () => start({ mwt: {} }), "no secret: set mwt.secret"],
  [
    "a weak secret",
    () => start({ csrf: { secret: "password" } }),
    "csrf.secret must have at least 16 characters",
  ],
  [
    "a weak secret of tokens",
    () => start({ mwt: { secret: "0123456789abcdef" } }),
    "mwt.secret must have at least 32 bytes",
  ],
  ["an option that there is not", () => start({ autenticate: 1 }), "did you mean authenticate?"],
  [
    "a Redis URL that is none",
    () => start({ cache: redisCache({ url: "localhost:6379", secret: SECRET }) }),
    "redisCache: url must look like redis://host:6379",
  ],
  [
    "a Redis URL that is not set",
    () => start({ cache: redisCache({ url: undefined, secret: SECRET }) }),
    "redisCache: url is not set",
  ],
  [
    "a secret of the cache that is not set",
    () => start({ cache: redisCache({ url: "redis://127.0.0.1:1", secret: undefined }) }),
    "redisCache: secret is not set",
  ],
  [
    "a weak secret of the cache",
    () => start({ cache: redisCache({ url: "redis://127.0.0.1:1", secret: "short" }) }),
    "redisCache: secret must have at least 16 characters",
  ],
  ["a predicate that is missing", () => start({ predicates: {} }), "no predicate owns"],
  [
    "a predicate that throws when it is looked at",
    () => start({ predicates: throwing }),
    "predicates.owns cannot be read: Error: no policy file",
  ],
  [
    "a predicate that was called instead of given",
    () => start({ predicates: { owns: true } }),
    "predicates.owns must be a function",
  ],
  [
    "a handler that is missing",
    () => start({}, { plain: () => null }),
    "no handler for the function owned",
  ],
  [
    "a handler that is a promise",
    () => start({}, { ...handlers, plain: Promise.resolve() }),
    "no handler for the function plain",
  ],
  ["a limit of nothing", () => start({ bodyLimit: 0 }), "bodyLimit must be a positive number"],
  [
    "a time that is none",
    () => start({ bodyTimeoutMs: "30s" }),
    "bodyTimeoutMs must be a number of milliseconds",
  ],
  ["files without room", () => start({ uploads: { maxFiles: -1 } }), "uploads.maxFiles"],
  ["a listener that is none", () => start({ onRequest: "log" }), "onRequest must be a function"],
  ["a switch that is none", () => start({ tracing: "yes" }), "tracing must be true or false"],
])("%s is named", (_, begin, fault) => {
  expect(begin).toThrow(fault);
});

test("all of them are named at once", () => {
  const begin = () =>
    start(
      { csrf: {}, mwt: { secret: "x" }, predicates: throwing, colour: 1, bodyLimit: -1 },
      { plain: 5 },
    );
  for (const fault of [
    "no handler for the function owned",
    "no handler for the function plain",
    "predicates.owns cannot be read",
    "colour is no option",
    "no secret: set csrf.secret",
    "mwt.secret must have at least 32 bytes",
    "bodyLimit must be",
  ]) {
    expect(begin).toThrow(fault);
  }
});

test("no secret is repeated in what is said", () => {
  for (const options of [{ csrf: { secret: "hunter2" } }, { mwt: { secret: "hunter2" } }]) {
    expect(() => start(options)).toThrow(/^(?!.*hunter2)/s);
  }
});

test.each<[string, () => unknown]>([
  [
    "throws",
    () => {
      throw new Error("no database");
    },
  ],
  ["rejects", () => Promise.reject(new Error("no database"))],
])(
  "a predicate that %s when it is asked lets nobody in, and is named in the log",
  async (_, owns) => {
    const { lines, logger } = recorder();
    const mizan = start({ logger, csrf: false, predicates: { owns } });
    const answer = await call(mizan, "owned");
    expect(answer).toMatchObject({ status: 500, json: { code: "INTERNAL_ERROR" } });
    expect(answer.body).not.toContain("database");
    expect(lines).toEqual([
      {
        level: "error",
        message: "mizan: owned failed",
        fields: {
          request_id: expect.any(String),
          error: expect.objectContaining({
            message: "The predicate of owned failed",
            cause: expect.objectContaining({ message: "no database" }),
          }),
        },
      },
    ]);
  },
);
