/** `createTestMizan` of a generated `testing.ts`. */
import { createClient, type Client } from "../client/index.js";
import type { ContractDefinition } from "../server/definition.js";
import type { Logger } from "../server/log.js";
import type { AppUser } from "../server/register.js";
import { createServer } from "../server/server.js";
import type { WireRequest, WireResponse } from "../server/wire.js";
import { createFakes, type FakeNames } from "./fakes.js";
import { respondTo } from "./respond.js";
import { transportTo } from "./transport.js";
import type { CreateTestMizan, TestMizan, TestOptions } from "./types.js";

/** `names`: each fake's name, and the function's on the wire. */
export const testMizanOf =
  <Fakes, Predicates = object>(
    contract: ContractDefinition,
    names: FakeNames,
  ): CreateTestMizan<Fakes, Predicates> =>
  (given = {}, options = {}) => {
    const fakes = createFakes(contract, names, given, options.logger ?? quietLogger);
    const server = createServer(contract, fakes.handlers, toServerOptions(contract, options, me));
    const handle = delayed(server.handle, options.delayMs ?? 0);
    const transport = transportTo({ handle }, contract);
    const makeClient = (): Client => createClient({ transport, retry: 0, timeoutMs: 0 });

    let user: AppUser | null = options.user ?? null;
    let client = makeClient();
    function me(): AppUser | null {
      return user;
    }

    const mizan: TestMizan<Fakes> = {
      get client() {
        return client;
      },
      get user() {
        return user;
      },
      set user(next) {
        user = next;
      },
      // A run's input is what the contract's codec made of it, so it has the type that its fake declares.
      get calls() {
        return fakes.calls as TestMizan<Fakes>["calls"];
      },
      get reads() {
        return fakes.reads as TestMizan<Fakes>["reads"];
      },
      transport,
      handle,
      fake: fakes.replace,
      reset: () => {
        fakes.reset();
        user = options.user ?? null;
        client = makeClient();
      },
      respond: (request, baseUrl) => respondTo(handle, request, baseUrl),
    };
    return mizan;
  };

/**
 * As in production, but that nothing is kept between answers, nobody has to prove where a request comes from,
 * and no timer outlives a test.
 */
function toServerOptions<Predicates>(
  contract: ContractDefinition,
  { predicates = {}, validateOutput = true, logger = quietLogger }: TestOptions<Predicates>,
  authenticate: () => AppUser | null,
) {
  const named = contract.functions.flatMap(({ guard }) =>
    guard && "predicate" in guard ? [[guard.predicate, () => true] as const] : [],
  );
  return {
    authenticate,
    predicates: { ...Object.fromEntries(named), ...predicates },
    logger,
    mode: validateOutput ? "development" : "production",
    validateOutput: "development",
    serverTiming: false,
    tracing: false,
    csrf: false,
    cache: false,
    handlerTimeoutMs: 0,
    bodyTimeoutMs: 0,
  } as const;
}

const quietLogger: Logger = {
  debug: () => {},
  info: () => {},
  // oxlint-disable-next-line eslint/no-console -- a test that fails for this should say so
  warn: (message, fields) => console.warn(message, fields ?? ""),
  // oxlint-disable-next-line eslint/no-console -- likewise
  error: (message, fields) => console.error(message, fields ?? ""),
};

type Handle = (request: WireRequest) => Promise<WireResponse>;

const delayed = (handle: Handle, delayMs: number): Handle =>
  delayMs === 0
    ? handle
    : async (request) => {
        await new Promise((resolve) => setTimeout(resolve, delayMs));
        return handle(request);
      };
