/**
 * What must be right before the first request: every handler, predicate, secret and option. All that is wrong
 * is named in one error, as a server that starts half configured fails later, and for a user.
 */
import { randomBytes } from "node:crypto";
import { repetitive } from "../cache/secret.js";
import type { AnyHandler, AnyPredicate } from "./compiled.js";
import type { ContractDefinition, Guard } from "./definition.js";
import type { Logger } from "./log.js";
import type { ServerOptions } from "./options.js";
import { checkIdentityOptions } from "./identity/identity-options.js";
import type { MwtSettings } from "./identity/tokens/mwt.js";
import { toMwtSettings } from "./identity/tokens/mwt-options.js";
import { nearest } from "./nearest.js";
import { checkNames } from "./option-names.js";
import { checkValues } from "./option-values.js";
import { checkUploads } from "./uploads/check-options.js";
import { getOwn, isRecord } from "./values/own.js";

const SHORTEST_SECRET = 16;
/** One for all servers of a process: behind one origin they share a cookie. */
const DEVELOPMENT_SECRET = randomBytes(32).toString("base64url");

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

  for (const { name } of contract.functions) {
    const handler = memberOf(handlers, name);
    if (isHandler(handler)) handlerMap.set(name, handler);
    else faults.push(`no handler for the function ${name}`);
  }
  for (const { name } of contract.views ?? []) {
    const handler = memberOf(handlers, name);
    if (isHandler(handler)) handlerMap.set(name, handler);
    else faults.push(`no handler for the view ${name}`);
  }
  const predicateMap = toPredicates(contract, options.predicates, faults);
  checkNames(options, faults);
  checkIdentityOptions(options, faults);
  const csrfSecret = toCsrfSecret(options, mode, logger, faults);
  const mwt = isRecord(options.mwt) ? toMwtSettings(options.mwt, mode, logger, faults) : null;
  checkValues(options, faults);
  checkUploads(options.uploads, contract, logger, faults);
  if (faults.length > 0) {
    throw new Error(
      `createMizan cannot start:\n${faults.map((fault) => `  - ${fault}`).join("\n")}`,
    );
  }
  const { authenticate, bearer } = options;
  const knowsUsers = authenticate !== undefined || bearer !== undefined || mwt !== null;
  if (!knowsUsers && guarded(contract).some(needsUser)) {
    logger.warn(
      "mizan: the contract has guards, but without the option authenticate nobody is ever signed in",
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
    return DEVELOPMENT_SECRET;
  }
  const fault =
    typeof secret === "string" && secret.length >= SHORTEST_SECRET
      ? repetitive(secret)
      : `must have at least ${SHORTEST_SECRET} characters`;
  if (fault !== null) faults.push(`csrf.secret ${fault}`);
  return secret;
}

/** Functions and views. */
const guarded = (contract: ContractDefinition): readonly { readonly guard?: Guard }[] => [
  ...contract.functions,
  ...(contract.views ?? []),
];

const needsUser = ({ guard }: { readonly guard?: Guard }): boolean =>
  guard !== undefined && "role" in guard;

/** Those that the contract names. What else stands there must be functions, too, or it is a mistake. */
function toPredicates(
  contract: ContractDefinition,
  option: unknown,
  faults: string[],
): Map<string, AnyPredicate> {
  const given = isRecord(option) ? option : {};
  const named = guarded(contract).flatMap(({ guard }) =>
    guard && "predicate" in guard ? [guard.predicate] : [],
  );
  const predicates = new Map<string, AnyPredicate>();
  for (const name of new Set([...named, ...Object.keys(given)])) {
    let predicate: unknown;
    try {
      predicate = getOwn(given, name);
    } catch (thrown) {
      // A getter may read what is not configured.
      faults.push(`predicates.${name} cannot be read: ${String(thrown)}`);
      continue;
    }
    if (isPredicate(predicate)) predicates.set(name, predicate);
    else if (predicate !== undefined) faults.push(`predicates.${name} must be a function`);
    else {
      const meant = nearest(name, Object.keys(given));
      const help = meant === null || meant === name ? "" : `; is it predicates.${meant}?`;
      faults.push(`no predicate ${name} in the option predicates${help}`);
    }
  }
  return predicates;
}

const isHandler = (value: unknown): value is AnyHandler => typeof value === "function";
const isPredicate = (value: unknown): value is AnyPredicate => typeof value === "function";

const memberOf = (value: unknown, name: string): unknown =>
  isRecord(value) ? getOwn(value, name) : undefined;

/** The checks above made sure that every name the contract uses is there. */
function found<Value>(values: ReadonlyMap<string, Value>): (name: string) => Value {
  return (name) => {
    const value = values.get(name);
    if (value === undefined) throw new TypeError(`Nothing is bound to ${name}`);
    return value;
  };
}
