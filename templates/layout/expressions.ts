/** Expressions, as far as generated code uses them. How they break is in `expression-doc.ts`. */
import type { Identifier } from "../text.js";
import type { KeptRuns } from "./elements.js";
import type { FlatText } from "./expression-text.js";
import type { TypeNode } from "./types.js";

export type Expression =
  | { readonly kind: "identifier"; readonly name: Identifier }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "member"; readonly object: Expression; readonly property: Identifier }
  | Compound;

/** An expression that is as long as what it is made of. */
export type Compound = (
  | {
      readonly kind: "call";
      readonly callee: Expression;
      readonly args: readonly Expression[];
      /** The one type argument, if it is written: `define<Profile>(…)`. */
      readonly typeArgument: TypeNode | null;
      /** Marked so that bundlers may drop it. */
      readonly pure: boolean;
    }
  | { readonly kind: "object"; readonly properties: readonly Property[] }
  | {
      readonly kind: "array";
      readonly elements: readonly Expression[];
      /** The same elements in runs whose texts are kept, if they are. */
      readonly kept?: KeptRuns | undefined;
    }
  /** `() => profileSchema`, `(options) => createServer(options)` */
  | { readonly kind: "arrow"; readonly param: Identifier | null; readonly body: Expression }
) & {
  /** A note of its text, by and for `expression-text.ts` alone. The makers below leave room for it. */
  flat?: FlatText | undefined;
};

export type Property = {
  readonly name: string;
  readonly value: Expression;
  /** `{ name }`: the value is the identifier of the same name. */
  readonly shorthand: boolean;
};

export type Call = Extract<Expression, { kind: "call" }>;

/** Marked as a call that a bundler may drop with its result. */
export const pure = (made: Call): Expression => ({ ...made, pure: true });

export const identifier = (name: Identifier): Expression => ({ kind: "identifier", name });
export const string = (value: string): Expression => ({ kind: "string", value });
export const number = (value: number): Expression => ({ kind: "number", value });
export const boolean = (value: boolean): Expression => ({ kind: "boolean", value });
export const array = (elements: readonly Expression[]): Expression => ({
  kind: "array",
  elements,
  kept: undefined,
  flat: undefined,
});
/** An array as long as the contract. */
export const keptArray = (kept: KeptRuns): Expression => ({
  kind: "array",
  elements: kept.runs.flat(),
  kept,
  flat: undefined,
});
export const object = (properties: readonly Property[]): Expression => ({
  kind: "object",
  properties,
  flat: undefined,
});
export const property = (name: string, value: Expression): Property => ({
  name,
  value,
  shorthand: false,
});
export const shorthand = (name: Identifier): Property => ({
  name,
  value: identifier(name),
  shorthand: true,
});

export function call(callee: Expression, ...args: readonly Expression[]): Call {
  return {
    kind: "call",
    callee,
    args,
    typeArgument: null,
    pure: false,
    flat: undefined,
  };
}

/** `object.name(args)` */
export function method(target: Expression, name: Identifier, ...args: readonly Expression[]): Call {
  return call({ kind: "member", object: target, property: name }, ...args);
}
