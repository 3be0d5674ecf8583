/**
 * The handler itself, once every check has passed: `execute` turns what it threw into a refusal. Effects are
 * computed after the output proved sound.
 */
import type { CompiledFunction } from "../compiled.js";
import { checkGuard, checkPredicate } from "../identity/guards.js";
import { Effects } from "../effects/effects.js";
import type { Exchange } from "./exchange.js";
import { DeclaredError, NotImplemented, Refused } from "../answer/failures.js";
import { Invocation, InvocationContext } from "./invocation.js";
import { internalError, notImplemented, validationError, type Refusal } from "../answer/refusal.js";
import { Issues } from "../values/issues.js";

/** Faults of an input as a refusal; null when there is none. */
export const checkInput = (issues: Issues): Refusal | null =>
  issues.count === 0 ? null : validationError(issues.toFields());

export type Executed =
  { readonly refusal: null; readonly result: unknown } | { readonly refusal: Refusal };

/** Runs the handler on a checked input. `effects` fills as it goes, and keeps what was said before a failure. */
export async function execute(
  exchange: Exchange,
  fn: CompiledFunction,
  input: unknown,
  effects: Effects,
): Promise<Executed> {
  const { recording } = exchange;
  try {
    const result =
      recording === null
        ? conclude(exchange, fn, input, effects, await begin(exchange, fn, input, effects))
        : await recording.handler(fn, () => invoke(exchange, fn, input, effects));
    return { refusal: null, result };
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
  return conclude(exchange, fn, input, effects, await begin(exchange, fn, input, effects));
}

/** Answers what the handler did, a promise mostly. */
const begin = (
  exchange: Exchange,
  fn: CompiledFunction,
  input: unknown,
  effects: Effects,
): unknown => fn.handler(input, new InvocationContext(createInvocation(exchange, fn, effects)));

function conclude(
  exchange: Exchange,
  fn: CompiledFunction,
  input: unknown,
  effects: Effects,
  answered: unknown,
): unknown {
  const result = encodeOutput(exchange, fn, answered);
  if (fn.declaredEffects !== null) effects.lead(fn.declaredEffects(input, result));
  return result;
}

export const createInvocation = (
  exchange: Exchange,
  fn: CompiledFunction,
  effects: Effects,
): Invocation => new Invocation(exchange, fn, effects, callInProcess);

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
  if (refused !== null) throw new Refused(refused);
  const issues = new Issues();
  const input = called.input.parse(args ?? {}, issues);
  if (issues.count > 0) throw new TypeError(`Input of ${called.name}: ${issues.toText()}`);
  const denied = await checkPredicate(called, exchange, input);
  if (denied !== null) throw new Refused(denied);

  const effects = new Effects();
  try {
    const { recording } = exchange;
    const result =
      recording === null
        ? await invoke(exchange, called, input, effects)
        : await recording.called(called, () => invoke(exchange, called, input, effects));
    if (caller.isRead && !effects.isEmpty) {
      throw new TypeError(`${caller.fn.name} only reads, but it called ${called.name}`);
    }
    caller.effects.join(effects);
    return result;
  } catch (thrown) {
    caller.effects.join(effects.afterFailure());
    throw thrown;
  } finally {
    effects.close((entry) => caller.effects.invalidate(entry));
  }
}

/** What the client is told about something a handler threw. */
export function toRefusal(exchange: Exchange, fn: CompiledFunction, thrown: unknown): Refusal {
  if (thrown instanceof DeclaredError) return toDeclared(exchange, fn, thrown);
  if (thrown instanceof NotImplemented) return notImplemented;
  if (thrown instanceof Refused) return thrown.refusal;
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
