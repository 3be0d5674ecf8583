/**
 * Everything that may refuse the read of one context before a handler runs, in the order of
 * spec/protocol.md: known, contract, who asks, guards, inputs, predicates.
 *
 * Each check is made for all functions before the next one, and of several failures the one of the first
 * function by name is answered, so that the answer does not depend on who was faster.
 */
import { contractMismatch, notFound, type Refusal } from "../answer/refusal.js";
import type { CompiledContext, CompiledFunction } from "../compiled.js";
import { acceptsContract } from "../request/handshake.js";
import { checkGuard, checkPredicate } from "../identity/guards.js";
import { identify } from "../identity/identify.js";
import type { Exchange } from "../running/exchange.js";
import { checkInput } from "../running/run.js";
import { after, type Soon } from "../running/soon.js";
import { Issues } from "../values/issues.js";
import type { Texts } from "../values/struct.js";

/** A read that nothing speaks against any more. */
export type PreparedRead = {
  /** Whom the handlers answer: of a context declared `cache public`, nobody. */
  readonly exchange: Exchange;
  readonly context: CompiledContext;
  /** The context's functions in their order, each with its checked input. */
  readonly inputs: readonly (readonly [fn: CompiledFunction, input: unknown])[];
};

export type Prepared =
  { readonly refusal: null; readonly read: PreparedRead } | { readonly refusal: Refusal };

/**
 * `texts` are those of a query. Throws or rejects only where `authenticate`, `context` or a predicate did; answers
 * at once where none of them has to be asked.
 */
export function prepare(asking: Exchange, name: string, texts: Texts): Soon<Prepared> {
  const context = asking.core.contract.contexts.get(name);
  if (context === undefined) return { refusal: notFound(`Context '${name}' not found`) };
  asking.subject ??= name;
  if (!acceptsContract(asking)) return { refusal: contractMismatch };

  const exchange = toAnswered(asking, context);
  return after(identify(exchange), () => check(exchange, context, texts));
}

function check(exchange: Exchange, context: CompiledContext, texts: Texts): Soon<Prepared> {
  for (const fn of context.functions) {
    const refusal = checkGuard(fn, exchange.user);
    if (refusal !== null) return { refusal };
  }
  const inputs: (readonly [fn: CompiledFunction, input: unknown])[] = [];
  for (const fn of context.functions) {
    const issues = new Issues();
    inputs.push([fn, fn.input.coerceFields(texts, issues)]);
    const refusal = checkInput(issues);
    if (refusal !== null) return { refusal };
  }
  const read = { exchange, context, inputs };
  return context.functions.some((fn) => fn.predicate !== null)
    ? askPredicates(read)
    : { refusal: null, read };
}

async function askPredicates(read: PreparedRead): Promise<Prepared> {
  for (const [fn, input] of read.inputs) {
    const refusal = await checkPredicate(fn, read.exchange, input);
    if (refusal !== null) return { refusal };
  }
  return { refusal: null, read };
}

/** Finds out whom the context answers. However many contexts a request reads, it is asked once. */
export const identifyFor = (asking: Exchange, context: CompiledContext): Promise<void> | null =>
  identify(toAnswered(asking, context));

const toAnswered = (asking: Exchange, { definition }: CompiledContext): Exchange =>
  definition.cache?.public === true ? asking.asNobody() : asking;
