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

/** `texts` are those of a query. Throws only where `authenticate`, `context` or a predicate threw. */
export async function prepare(asking: Exchange, name: string, texts: Texts): Promise<Prepared> {
  const context = asking.core.contract.contexts.get(name);
  if (context === undefined) return { refusal: notFound(`Context '${name}' not found`) };
  asking.subject ??= name;
  if (!acceptsContract(asking)) return { refusal: contractMismatch };

  const exchange = toAnswered(asking, context);
  await (exchange.identified ??= identify(exchange, exchange.isNobody));
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
  for (const [fn, input] of inputs) {
    if (fn.predicate === null) continue;
    const refusal = await checkPredicate(fn, exchange, input);
    if (refusal !== null) return { refusal };
  }
  return { refusal: null, read: { exchange, context, inputs } };
}

/** Finds out whom the context answers. However many contexts a request reads, it is asked once. */
export async function identifyFor(asking: Exchange, context: CompiledContext): Promise<void> {
  const exchange = toAnswered(asking, context);
  await (exchange.identified ??= identify(exchange, exchange.isNobody));
}

const toAnswered = (asking: Exchange, { definition }: CompiledContext): Exchange =>
  definition.cache?.public === true ? asking.asNobody() : asking;
