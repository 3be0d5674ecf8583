/** What `createMizan` says of options before the first request: everything that is wrong, in one error. */
import { createServer, type ServerOptions } from "@mizan/runtime/abi/v1/server";
import { contractOf, recorder } from "./ask.js";

const contract = contractOf({
  functions: [{ name: "owned", guard: { predicate: "owns_profile" } }],
});
const LONG = "a secret that is long enough for HS256";
const predicates = { owns_profile: () => true };

/** What the error lists; nothing when the server starts. */
function faultsOf(options: object, mode = "development"): string[] {
  const given = { csrf: false, logger: recorder().logger, predicates, mode, ...options };
  try {
    createServer(contract, { owned: () => null }, given as ServerOptions);
    return [];
  } catch (thrown) {
    const [head, ...faults] = (thrown as Error).message.split("\n");
    expect(head).toBe("createMizan cannot start:");
    return faults.map((fault) => fault.replace(/^ {2}- /, ""));
  }
}

test.each<[object, string]>([
  [{ authentcate: () => null }, "authentcate is no option; did you mean authenticate?"],
  [{ trusted_origins: [] }, "trusted_origins is no option; did you mean trustedOrigins?"],
  [{ bodylimit: 5 }, "bodylimit is no option; did you mean bodyLimit?"],
  [{ colour: 1 }, "colour is no option"],
  [{ constructor: 1 }, "constructor is no option"],
  [JSON.parse('{"__proto__": 1}'), "__proto__ is no option"],
  [{ [`x${"y".repeat(5000)}`]: 1 }, `x${"y".repeat(5000)} is no option`],
  [{ nothing: undefined }, "nothing is no option"],
  [{ csrf: { secert: LONG } }, "csrf.secert is no option; did you mean csrf.secret?"],
  [
    { cors: { origins: [], credential: true } },
    "cors.credential is no option; did you mean cors.credentials?",
  ],
  [{ mwt: { secret: LONG, loaduser: 1 } }, "mwt.loaduser is no option; did you mean mwt.loadUser?"],
])("an unknown name is named, with what was meant: %j", (options, fault) => {
  expect(faultsOf(options)).toEqual([fault]);
});

test.each<[object, string]>([
  [{ authenticate: "me" }, "authenticate must be a function"],
  [{ bearer: {} }, "bearer must be a function"],
  [{ context: 5 }, "context must be a function"],
  [{ csrf: true }, "csrf must be { secret }, or false"],
  [{ csrf: "secret" }, "csrf must be { secret }, or false"],
  [{ cors: true }, "cors must be an object: { origins }"],
  [{ cors: {} }, "cors.origins must list origins"],
  [{ cors: { origins: "https://app.example" } }, "cors.origins must be a list of origins"],
  [{ cors: { origins: [], credentials: "yes" } }, "cors.credentials must be true or false"],
  [{ trustedOrigins: "https://app.example" }, "trustedOrigins must be a list of origins"],
  [{ trustedOrigins: [5] }, "trustedOrigins: 5 is no origin like https://app.example"],
  [
    { trustedOrigins: ["https://*.app.example"] },
    'trustedOrigins: "https://*.app.example" is no origin like https://app.example',
  ],
  [
    { cors: { origins: ["http://app.example:99999"] } },
    'cors.origins: "http://app.example:99999" is no origin like https://app.example',
  ],
  [{ mwt: true }, "mwt must be an object: { secret }"],
  [{ mwt: { secret: LONG, ttl: 0 } }, "mwt.ttl must be a positive number of whole seconds"],
  [{ mwt: { secret: LONG, ttl: -1 } }, "mwt.ttl must be a positive number of whole seconds"],
  [{ mwt: { secret: LONG, ttl: "5m" } }, "mwt.ttl must be a positive number of whole seconds"],
  [{ mwt: { secret: LONG, ttl: Infinity } }, "mwt.ttl must be a positive number of whole seconds"],
  [{ mwt: { secret: LONG, loadUser: {} } }, "mwt.loadUser must be a function"],
  [{ mwt: { secret: LONG.slice(0, 31) } }, "mwt.secret must have at least 32 bytes"],
  [{ csrf: { secret: " ".repeat(16) } }, "csrf.secret must have at least 6 different characters"],
  [
    { csrf: { secret: "12345".repeat(9) } },
    "csrf.secret must have at least 6 different characters",
  ],
  [{ mwt: { secret: "a".repeat(40) } }, "mwt.secret must have at least 6 different characters"],
  [
    { mwt: { keys: { v2: LONG, v1: "ab".repeat(16) } } },
    "mwt.keys.v1 must have at least 6 different characters",
  ],
  [{ mwt: { secret: 32 } }, "mwt.secret must have at least 32 bytes"],
  [{ mwt: { keys: { v2: LONG, v1: "old" } } }, "mwt.keys.v1 must have at least 32 bytes"],
  [{ mwt: { secret: LONG, keys: { v1: LONG } } }, "mwt.secret and mwt.keys exclude each other"],
  [{ mwt: { keys: {} } }, "mwt.keys must name at least one key: { v1: secret }"],
  [{ mwt: { keys: [LONG] } }, "mwt.keys must name at least one key: { v1: secret }"],
  [{ mwt: { keys: { v1: LONG }, signWith: "v2" } }, 'mwt.signWith is "v2", which is no key'],
  ...[null, 5, 5n, Symbol("v1"), []].map((signWith): [object, string] => [
    { mwt: { keys: { v1: LONG }, signWith } },
    "mwt.signWith must be a key id, as a text",
  ]),
  ...["maxFileBytes", "maxTotalBytes", "maxFiles", "memoryBytes"].flatMap((name) =>
    [null, -1, 1.5, NaN, Infinity, "1mb"].map((size): [object, string] => [
      { uploads: { [name]: size } },
      `uploads.${name} must be a whole number, 0 or more`,
    ]),
  ),
  ...[null, 5, Symbol("tmp"), Object.create(null)].map((directory): [object, string] => [
    { uploads: { directory } },
    "uploads.directory must be the path of a folder",
  ]),
  [
    { mwt: { keys: { 2: LONG, 1: `old ${LONG}` } } },
    "mwt.signWith must say which key signs, as key ids that are numbers have no order",
  ],
  [{ mode: "prod" }, 'mode must be "development" or "production"'],
  [{ contract: "exact" }, 'contract must be "lenient" or "strict"'],
  [{ validateOutput: false }, 'validateOutput must be "always" or "development"'],
  [{ health: "/health" }, "health must be true or false"],
  [{ logger: () => null }, "logger must have the functions debug, info, warn and error"],
  [{ logger: { info: () => null } }, "logger must have the functions debug, info, warn and error"],
  [{ headerPrefix: "X Mizan" }, "headerPrefix must look like X-Mizan-"],
  [{ headerPrefix: 5 }, "headerPrefix must look like X-Mizan-"],
  [{ headerPrefix: `X-${"y".repeat(80)}-` }, "headerPrefix must look like X-Mizan-"],
  [{ cache: true }, "cache must be memoryCache(), redisCache({ … }), or false"],
  [{ cache: { load: 1 } }, "cache must be memoryCache(), redisCache({ … }), or false"],
  ...[0, -1, 1.5, NaN, Infinity, "1mb"].map((bodyLimit): [object, string] => [
    { bodyLimit },
    "bodyLimit must be a positive number of bytes",
  ]),
  ...[-1, NaN, Infinity, "5s", null].flatMap((limit): [object, string][] =>
    ["handlerTimeoutMs", "bodyTimeoutMs"].map((name) => [
      { [name]: limit },
      `${name} must be a number of milliseconds`,
    ]),
  ),
  [{ predicates: () => true }, "predicates must be an object of functions"],
  [{ predicates: { owns_profile: true } }, "predicates.owns_profile must be a function"],
  [{ predicates: { ...predicates, other: null } }, "predicates.other must be a function"],
  [
    { predicates: { ownsProfile: () => true } },
    "no predicate owns_profile in the option predicates; is it predicates.ownsProfile?",
  ],
])("a value that makes no sense is named: %j", (options, fault) => {
  expect(faultsOf(options)).toContain(fault);
});

const NAMES = Object.keys({
  authenticate: 1,
  bearer: 1,
  mwt: 1,
  csrf: 1,
  cache: 1,
  trustedOrigins: 1,
  cors: 1,
  logger: 1,
  validateOutput: 1,
  contract: 1,
  bodyLimit: 1,
  uploads: 1,
  handlerTimeoutMs: 1,
  bodyTimeoutMs: 1,
  health: 1,
  onRequest: 1,
  serverTiming: 1,
  tracing: 1,
  headerPrefix: 1,
  mode: 1,
  predicates: 1,
  context: 1,
} satisfies Record<keyof ServerOptions, 1>);

test.each([null, 5, "text", [], true])(
  "whatever is %j is named or taken, and nothing else is thrown",
  (value) => {
    for (const name of NAMES) {
      const faults = faultsOf({ [name]: value });
      expect([name, faults]).toEqual([name, faults.filter((fault) => fault.includes(name))]);
    }
  },
);

test.each([null, 5, []])("nothing is asked of a mwt that is %j", (mwt) => {
  expect(faultsOf({ mwt }, "production")).toEqual(["mwt must be an object: { secret }"]);
});

test.each<object>([
  { mwt: { secret: "éabcdefg".repeat(4) } },
  { mwt: { keys: { 2: LONG, 1: `old ${LONG}` }, signWith: "2", ttl: 1 } },
  { mwt: { keys: { v2: LONG, v1: LONG } } },
  { cors: { origins: [] }, trustedOrigins: [], bearer: () => null, context: () => null },
  { csrf: undefined, cors: undefined, mwt: undefined, authenticate: undefined },
])("what makes sense is taken: %j", (options) => {
  expect(faultsOf(options)).toEqual([]);
});

describe("secrets that are not set", () => {
  const unset = { csrf: {}, mwt: { keys: { v2: undefined, v1: "" } } };
  test("are faults in production, all of them named with everything else", () => {
    expect(faultsOf({ ...unset, bearer: 1 }, "production")).toEqual([
      "bearer must be a function",
      "no secret: set csrf.secret, or csrf: false without cookies",
      "no secret: set mwt.keys.v2",
      "no secret: set mwt.keys.v1",
    ]);
    expect(faultsOf({ mwt: {} }, "production")).toEqual(["no secret: set mwt.secret"]);
  });
  test("are made in development, which is said", () => {
    const { lines, logger } = recorder();
    expect(faultsOf({ ...unset, logger })).toEqual([]);
    expect(lines.map(({ level, message }) => `${level} ${message}`)).toEqual(
      ["csrf.secret", "mwt.keys.v2", "mwt.keys.v1"].map(
        (name) => `info mizan: ${name} is not set; using a random one until the next restart`,
      ),
    );
  });
});

test("whoever verifies tokens is not told that nobody is ever signed in", () => {
  const guarded = contractOf({ functions: [{ name: "own", guard: { role: "required" } }] });
  for (const identity of [{ bearer: () => null }, { mwt: { secret: LONG } }]) {
    const { lines, logger } = recorder();
    createServer(guarded, { own: () => null }, { csrf: false, logger, ...identity });
    expect(lines).toEqual([]);
  }
});
