/**
 * The steps between a request that names a known function and its result, in the order of the protocol:
 * who asks (`identify`), may they (`checkGuard`), is the input sound (`parseInput`), does the predicate agree
 * (`checkPredicate`), and the handler itself (`execute`).
 *
 * Each step answers a refusal or null and throws only where application code threw; `execute` turns what a
 * handler threw into a refusal. Effects are computed after the output proved sound.
 */
import type { CompiledFunction } from "./compiled.js";
import { Effects } from "./effects.js";
import type { Exchange } from "./exchange.js";
import { CallRefused, DeclaredError, NotImplemented } from "./failures.js";
import { Invocation, InvocationContext } from "./invocation.js";
import {
  forbidden,
  internalError,
  notImplemented,
  unauthorized,
  validationError,
  type Refusal,
} from "./refusal.js";
import type { BaseUser } from "./register.js";
import { Issues } from "./values/issues.js";
import { isObject } from "./values/own.js";

/** Asks the application who sends this, unless the answer must not depend on it. */
export async function identify(exchange: Exchange, anonymous = false): Promise<void> {
  const { core, request } = exchange;
  exchange.startedAt = performance.now();
  if (core.authenticate !== null && !anonymous) {
    exchange.user = toUser(await core.authenticate(request.native));
  }
  if (core.context !== null) exchange.app = await core.context(request.native, exchange.user);
}

function toUser(answered: unknown): BaseUser | null {
  if (answered === null || answered === undefined) return null;
  if (isUser(answered)) return answered;
  throw new TypeError("authenticate must answer null, or a user with an id (string or number)");
}

const isUser = (value: unknown): value is BaseUser =>
  isObject(value) && (typeof value["id"] === "string" || typeof value["id"] === "number");

export function checkGuard(fn: CompiledFunction, user: BaseUser | null): Refusal | null {
  const { guard } = fn.definition;
  if (guard === undefined || "predicate" in guard) return null;
  if (user === null) return unauthorized();
  const { isStaff, isSuperuser } = user;
  switch (guard.role) {
    case "required":
      return null;
    case "staff":
      return isStaff === true || isSuperuser === true ? null : forbidden("Staff access required");
    case "superuser":
      return isSuperuser === true ? null : forbidden("Superuser access required");
  }
}

/** Faults of an input as a refusal; null when there is none. */
export const checkInput = (issues: Issues): Refusal | null =>
  issues.count === 0 ? null : validationError(issues.toFields());

/** Only `true` passes: an answer that means nothing must not open a door. */
export async function checkPredicate(
  fn: CompiledFunction,
  exchange: Exchange,
  input: unknown,
): Promise<Refusal | null> {
  if (fn.predicate === null) return null;
  const asked = { user: exchange.user, input, req: exchange.request.native };
  return (await fn.predicate(asked)) === true ? null : forbidden("Access denied");
}

export type Executed =
  { readonly refusal: null; readonly result: unknown } | { readonly refusal: Refusal };

/** Runs the handler on a checked input. `effects` fills as it goes, and keeps what was said before a failure. */
export async function execute(
  exchange: Exchange,
  fn: CompiledFunction,
  input: unknown,
  effects: Effects,
): Promise<Executed> {
  try {
    return { refusal: null, result: await invoke(exchange, fn, input, effects) };
  } catch (thrown) {
    return { refusal: toRefusal(exchange, fn, thrown) };
  }
}

/** Answers the encoded output, not boxed; throws what the handler threw. */
async function invoke(
  exchange: Exchange,
  fn: CompiledFunction,
  input: unknown,
  effects: Effects,
): Promise<unknown> {
  const invocation = new Invocation(exchange, fn, effects, callInProcess);
  const answered = await fn.handler(input, new InvocationContext(invocation));
  const result = encodeOutput(exchange, fn, answered);
  if (fn.declaredEffects !== null) effects.lead(fn.declaredEffects(input, result));
  return result;
}

function encodeOutput(exchange: Exchange, fn: CompiledFunction, answered: unknown): unknown {
  if (fn.output === null) return null;
  const issues = new Issues();
  const result = fn.output.encode(answered, issues);
  if (issues.count > 0 && exchange.core.checkOutput) {
    throw new TypeError(`${fn.name} answered the wrong shape: ${issues.toText()}`);
  }
  return result === undefined ? null : result;
}

/** `ctx.call`: all checks of the called function, with this request's user. */
async function callInProcess(
  caller: Invocation,
  called: CompiledFunction,
  args: unknown,
): Promise<unknown> {
  const { exchange } = caller;
  const refused = checkGuard(called, exchange.user);
  if (refused !== null) throw new CallRefused(refused);
  const issues = new Issues();
  const input = called.input.parse(args ?? {}, issues);
  if (issues.count > 0) throw new TypeError(`Input of ${called.name}: ${issues.toText()}`);
  const denied = await checkPredicate(called, exchange, input);
  if (denied !== null) throw new CallRefused(denied);

  const effects = new Effects();
  try {
    const result = await invoke(exchange, called, input, effects);
    if (caller.isRead && !effects.isEmpty) {
      throw new TypeError(`${caller.fn.name} only reads, but it called ${called.name}`);
    }
    caller.effects.join(effects);
    return result;
  } catch (thrown) {
    caller.effects.join(effects.afterFailure());
    throw thrown;
  }
}

/** What the client is told about something a handler threw. */
function toRefusal(exchange: Exchange, fn: CompiledFunction, thrown: unknown): Refusal {
  if (thrown instanceof DeclaredError) return toDeclared(exchange, fn, thrown);
  if (thrown instanceof NotImplemented) return notImplemented;
  if (thrown instanceof CallRefused) return thrown.refusal;
  return toInternal(exchange, fn.name, thrown);
}

function toDeclared(exchange: Exchange, fn: CompiledFunction, thrown: DeclaredError): Refusal {
  const { definition } = thrown;
  const payload = fn.payloads.get(definition);
  if (payload === undefined) {
    return toInternal(
      exchange,
      fn.name,
      new TypeError(`${fn.name} does not declare the error ${definition.name}`, { cause: thrown }),
    );
  }
  const { status, code, message } = definition;
  if (payload === null) return { status, code, message };
  const issues = new Issues();
  const details = payload.encode(thrown.details, issues);
  if (issues.count > 0) {
    const fault = `Details of ${definition.name}: ${issues.toText()}`;
    return toInternal(exchange, fn.name, new TypeError(fault, { cause: thrown }));
  }
  return { status, code, message, details };
}

/** The text goes to the log, the request's id to both. */
export function toInternal(exchange: Exchange, subject: string, thrown: unknown): Refusal {
  exchange.core.logger.error(`mizan: ${subject} failed`, {
    request_id: exchange.requestId,
    error: thrown,
  });
  return internalError(exchange.requestId);
}
