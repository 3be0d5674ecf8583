/**
 * What must be right before the first request: every handler, predicate and secret. All that is missing is
 * named in one error, as a server that starts half configured fails later, and for a user.
 */
import { randomBytes } from "node:crypto";
import type { AnyHandler, AnyPredicate } from "./compiled.js";
import type { ContractDefinition } from "./definition.js";
import type { Logger } from "./log.js";
import type { ServerOptions } from "./options.js";
import { isOrigin } from "./identity/origins.js";
import type { MwtSettings } from "./identity/tokens/mwt.js";
import { toMwtSettings } from "./identity/tokens/mwt-options.js";
import { getOwn, isObject } from "./values/own.js";

const SHORTEST_SECRET = 16;

export interface Start {
  readonly handler: (name: string) => AnyHandler;
  readonly predicate: (name: string) => AnyPredicate;
  /** Null when CSRF protection is switched off. */
  readonly csrfSecret: string | null;
  /** Null without the option `mwt`. */
  readonly mwt: MwtSettings | null;
}

/** Throws an Error that lists everything wrong; warns of what is only suspicious. */
export function checkStart(
  contract: ContractDefinition,
  handlers: object,
  options: Partial<ServerOptions>,
  mode: "development" | "production",
  logger: Logger,
): Start {
  const faults: string[] = [];
  const handlerMap = new Map<string, AnyHandler>();
  const predicateMap = new Map<string, AnyPredicate>();

  for (const { name } of contract.functions) {
    const handler = memberOf(handlers, name);
    if (isHandler(handler)) handlerMap.set(name, handler);
    else faults.push(`no handler for the function ${name}`);
  }
  for (const name of predicateNames(contract)) {
    const predicate = memberOf(options.predicates, name);
    if (isPredicate(predicate)) predicateMap.set(name, predicate);
    else faults.push(`no predicate ${name} in the option predicates`);
  }
  const csrfSecret = toCsrfSecret(options, mode, logger, faults);
  const mwt = options.mwt === undefined ? null : toMwtSettings(options.mwt, mode, logger, faults);
  checkValues(options, faults);
  if (faults.length > 0) {
    throw new Error(
      `createMizan cannot start:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
    );
  }
  if (options.authenticate === undefined && contract.functions.some(needsUser)) {
    logger.warn(
      "mizan: the contract guards functions, but without the option authenticate nobody is ever signed in",
    );
  }
  return { handler: found(handlerMap), predicate: found(predicateMap), csrfSecret, mwt };
}

function toCsrfSecret(
  { csrf }: Partial<ServerOptions>,
  mode: "development" | "production",
  logger: Logger,
  faults: string[],
): string | null {
  if (csrf === false) return null;
  const secret = csrf?.secret;
  if (secret === undefined || secret === "") {
    if (mode === "production")
      faults.push("no secret: set csrf.secret, or csrf: false without cookies");
    else logger.info("mizan: csrf.secret is not set; using a random one until the next restart");
    return randomBytes(32).toString("base64url");
  }
  if (typeof secret !== "string" || secret.length < SHORTEST_SECRET) {
    faults.push(`csrf.secret must have at least ${SHORTEST_SECRET} characters`);
  }
  return secret;
}

function checkValues(options: Partial<ServerOptions>, faults: string[]): void {
  const { trustedOrigins = [], cors, bodyLimit, handlerTimeoutMs, headerPrefix } = options;
  for (const origin of [...trustedOrigins, ...(cors?.origins ?? [])]) {
    if (!isOrigin(origin))
      faults.push(`${JSON.stringify(origin)} is no origin like https://app.example`);
  }
  if (bodyLimit !== undefined && !(Number.isSafeInteger(bodyLimit) && bodyLimit > 0)) {
    faults.push("bodyLimit must be a positive number of bytes");
  }
  if (
    handlerTimeoutMs !== undefined &&
    !(Number.isFinite(handlerTimeoutMs) && handlerTimeoutMs >= 0)
  ) {
    faults.push("handlerTimeoutMs must be a number of milliseconds");
  }
  if (headerPrefix !== undefined && !/^[A-Za-z][A-Za-z0-9-]*-$/.test(headerPrefix)) {
    faults.push("headerPrefix must look like X-Mizan-");
  }
}

const needsUser = ({ guard }: ContractDefinition["functions"][number]): boolean =>
  guard !== undefined && "role" in guard;

function predicateNames(contract: ContractDefinition): Set<string> {
  const names = new Set<string>();
  for (const { guard } of contract.functions) {
    if (guard && "predicate" in guard) names.add(guard.predicate);
  }
  return names;
}

const isHandler = (value: unknown): value is AnyHandler => typeof value === "function";
const isPredicate = (value: unknown): value is AnyPredicate => typeof value === "function";

const memberOf = (value: unknown, name: string): unknown =>
  isObject(value) ? getOwn(value, name) : undefined;

/** The checks above made sure that every name the contract uses is there. */
function found<Value>(values: ReadonlyMap<string, Value>): (name: string) => Value {
  return (name) => {
    const value = values.get(name);
    if (value === undefined) throw new TypeError(`Nothing is bound to ${name}`);
    return value;
  };
}
