/** One run of one handler: the `ctx` it gets. Members that few handlers use are made when touched. */
import type { CompiledFunction } from "../compiled.js";
import type { Effects } from "../effects/effects.js";
import type { Exchange } from "./exchange.js";
import { NotImplemented } from "../answer/failures.js";
import type { HandlerContext } from "../handler.js";
import type { EffectTarget } from "../effects/handler-effects.js";
import { issueMwt } from "../identity/tokens/issue-mwt.js";
import { withFields } from "../log.js";

/** Runs another function in process, for `ctx.call`. */
export type CallInProcess = (
  caller: Invocation,
  called: CompiledFunction,
  args: unknown,
) => Promise<unknown>;

/** A handler's context without what only the generated code knows the types of. */
export type Untyped<Context> = {
  readonly [Member in keyof Context]: Member extends "invalidate" | "merge" | "call" | "errors"
    ? object
    : Member extends "user" | "req" | "app"
      ? unknown
      : Context[Member];
};

type Common = Untyped<Omit<HandlerContext, "res" | "merge">>;

/**
 * What handlers of functions and of views get alike. Its getters and bound functions survive destructuring:
 * `({ user_id }, { user, invalidate }) => …`.
 */
export class CommonContext implements Common {
  readonly #invocation: Invocation;

  constructor(invocation: Invocation) {
    this.#invocation = invocation;
  }

  get user(): unknown {
    return this.#invocation.exchange.user;
  }
  get req(): unknown {
    return this.#invocation.exchange.request.native;
  }
  get signal(): AbortSignal {
    return this.#invocation.exchange.signal;
  }
  get log(): HandlerContext["log"] {
    const { exchange, fn } = this.#invocation;
    return withFields(exchange.core.logger, { fn: fn.name, request_id: exchange.requestId });
  }
  get errors(): object {
    return this.#invocation.fn.errors;
  }
  get invalidate(): object {
    return this.#invocation.members.invalidate(this.#invocation.effectTarget());
  }
  get call(): object {
    return this.#invocation.members.call(this.#invocation);
  }
  get app(): unknown {
    return this.#invocation.exchange.app;
  }
  get requestId(): string {
    return this.#invocation.exchange.requestId;
  }
  get identityChanged(): () => void {
    const { exchange } = this.#invocation;
    return () => exchange.changeIdentity();
  }
  get issueMwt(): () => Promise<string> {
    const { exchange } = this.#invocation;
    return () => issueMwt(exchange);
  }
  get notImplemented(): () => NotImplemented {
    const { name } = this.#invocation.fn;
    return () => new NotImplemented(`${name} is not implemented yet`);
  }
}

export class InvocationContext extends CommonContext implements Untyped<HandlerContext> {
  readonly #invocation: Invocation;

  constructor(invocation: Invocation) {
    super(invocation);
    this.#invocation = invocation;
  }

  get res(): HandlerContext["res"] {
    return this.#invocation.exchange.responseHeaders;
  }
  get merge(): object {
    return this.#invocation.members.merge(this.#invocation.effectTarget());
  }
}

export class Invocation implements EffectTarget {
  readonly exchange: Exchange;
  readonly fn: CompiledFunction;
  readonly effects: Effects;
  readonly #callInProcess: CallInProcess;

  constructor(
    exchange: Exchange,
    fn: CompiledFunction,
    effects: Effects,
    callInProcess: CallInProcess,
  ) {
    this.exchange = exchange;
    this.fn = fn;
    this.effects = effects;
    this.#callInProcess = callInProcess;
  }

  get members(): Exchange["core"]["members"] {
    return this.exchange.core.members;
  }

  /** A read changes nothing, and its answer has no place for effects. */
  get isRead(): boolean {
    return this.fn.definition.context !== undefined;
  }

  /** Throws a TypeError in a context function. */
  effectTarget(): EffectTarget {
    if (this.isRead) {
      throw new TypeError(
        `${this.fn.name} reads for the context ${this.fn.definition.context}: it has no effects`,
      );
    }
    return this;
  }

  /** Nobody need await it: a guard that refuses one user must not end the process for all. */
  callFunction(called: CompiledFunction, args: unknown): Promise<unknown> {
    const result = this.#callInProcess(this, called, args);
    result.catch((thrown: unknown) => {
      // Who has answered awaits it no longer, so that nobody else says it.
      if (this.effects.isClosed) {
        this.exchange.core.logger.error(`mizan: ${called.name} failed`, {
          request_id: this.exchange.requestId,
          error: thrown,
        });
      }
    });
    return result;
  }
}
