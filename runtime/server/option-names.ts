/** Which options there are, so that a misspelt one is named at start instead of being passed over. */
import { nearest } from "./nearest.js";
import type { ServerOptions } from "./options.js";
import { isRecord } from "./values/own.js";

/** Null where whatever is inside is the application's, or checked elsewhere. */
type Names = { readonly [name: string]: Names | null };

/** Every member of a type, of each arm where it is a union. */
type MembersOf<Type> = Type extends object ? keyof Type : never;

/** Every option must stand here; what is inside it either whole or not at all. */
type AllNames = {
  readonly [Name in keyof ServerOptions]-?:
    null | { readonly [Inner in MembersOf<ServerOptions[Name]>]: Names | null };
};

const KNOWN = {
  authenticate: null,
  bearer: null,
  mwt: { secret: null, keys: null, signWith: null, ttl: null, loadUser: null },
  csrf: { secret: null },
  cache: null,
  trustedOrigins: null,
  cors: { origins: null, credentials: null },
  logger: null,
  validateOutput: null,
  contract: null,
  bodyLimit: null,
  uploads: {
    maxFileBytes: null,
    maxTotalBytes: null,
    maxFiles: null,
    memoryBytes: null,
    directory: null,
  },
  handlerTimeoutMs: null,
  bodyTimeoutMs: null,
  health: null,
  onRequest: null,
  serverTiming: null,
  tracing: null,
  headerPrefix: null,
  mode: null,
  predicates: null,
  context: null,
} satisfies AllNames;

/** Adds a fault for each name that is no option, at any level. */
export function checkNames(options: object, faults: string[]): void {
  check(options, KNOWN, "", faults);
}

function check(given: object, known: Names, path: string, faults: string[]): void {
  for (const [name, value] of Object.entries(given)) {
    const inner = Object.hasOwn(known, name) ? known[name] : undefined;
    if (inner === undefined) {
      const meant = nearest(name, Object.keys(known));
      const help = meant === null ? "" : `; did you mean ${path}${meant}?`;
      faults.push(`${path}${name} is no option${help}`);
    } else if (inner !== null && isRecord(value)) {
      check(value, inner, `${path}${name}.`, faults);
    }
  }
}
