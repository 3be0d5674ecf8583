/** What a handler may throw on purpose. Anything else that is thrown is an internal error. */
import type { ErrorDefinition } from "../definition.js";
import type { Refusal } from "./refusal.js";

/** An error that the contract declares; made by `ctx.errors.X(details)`. */
export class DeclaredError extends Error {
  override readonly name = "DeclaredError";
  readonly definition: ErrorDefinition;
  /** The payload as the handler gave it; checked and encoded when it is answered. */
  readonly details: unknown;

  constructor(definition: ErrorDefinition, details: unknown) {
    super(definition.message);
    this.definition = definition;
    this.details = details;
  }

  get code(): string {
    return this.definition.code;
  }
}

/** Thrown by a stub that nobody has filled in: 501. */
export class NotImplemented extends Error {
  override readonly name = "NotImplemented";
}

/** What a handler asked of us was refused to its user: `ctx.call` by a guard, `ctx.issueMwt` without a session. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}
