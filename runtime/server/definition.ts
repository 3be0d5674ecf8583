/**
 * What a generated `mizan.ts` tells the server about its contract: plain data, made with the small
 * constructors of `@mizan/runtime/abi/v1/server`. Everything that can be decided at generation time is
 * decided there; the runtime only carries it out.
 *
 * Lists of pairs, not objects, wherever a name of the contract would be a key: `__proto__` is a name too.
 */
import type { FileLimits } from "../wire/file.js";
import type { TextFormat } from "../wire/formats.js";

/** A part of a form; only an arg has it, alone, nullable or in a list. */
export type FileShape = { readonly kind: "file" } & FileLimits;

export type Shape =
  | FileShape
  | {
      readonly kind: "integer" | "number";
      readonly min?: number;
      readonly max?: number;
      readonly multipleOf?: number;
    }
  | { readonly kind: "boolean" | "json" }
  | {
      readonly kind: "string" | TextFormat;
      /** Lengths are those of the text, in UTF-16 units. */
      readonly minLength?: number;
      readonly maxLength?: number;
      /** Source of a regular expression, for the `u` flag. */
      readonly pattern?: string;
    }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "ref"; readonly type: string }
  | {
      readonly kind: "list";
      readonly item: Shape;
      readonly minItems?: number;
      readonly maxItems?: number;
    }
  | { readonly kind: "map"; readonly value: Shape }
  | { readonly kind: "optional"; readonly inner: Shape }
  | { readonly kind: "union"; readonly members: readonly Shape[] };

export type Field = {
  readonly name: string;
  readonly shape: Shape;
  /** May be left out of an input. */
  readonly omittable?: boolean;
  /** Filled in where the field is left out. */
  readonly default?: string | number | boolean;
};

export type StructDefinition = { readonly name: string; readonly fields: readonly Field[] };

export type ErrorDefinition = {
  /** `OutOfStock`: the key in `ctx.errors`. */
  readonly name: string;
  /** `OUT_OF_STOCK` */
  readonly code: string;
  readonly status: number;
  readonly message: string;
  readonly fields: readonly Field[];
};

/** `input.user_id`, `result.owner.id`. */
export type SourcePath = readonly ["input" | "result", ...string[]];

/** Params of an effect: param name and where its value comes from. A null or absent value drops its param. */
export type EffectParams = readonly (readonly [param: string, source: SourcePath])[];

export type AffectDefinition =
  { readonly context: string; readonly params?: EffectParams } | { readonly function: string };

export type MergeDefinition = {
  readonly context: string;
  readonly slot: string;
  /** Absent: the slot is replaced. */
  readonly op?: "upsert" | "prepend" | "remove";
  readonly key?: string;
  /** For `remove`: where the key is found when the output is no element. */
  readonly value?: SourcePath;
  readonly params?: EffectParams;
};

/** `required`, `staff`, `superuser`, or the name of a predicate of the application. */
export type Guard =
  { readonly role: "required" | "staff" | "superuser" } | { readonly predicate: string };

export type FunctionDefinition = {
  /** The wire name. */
  readonly name: string;
  readonly input: readonly Field[];
  /** Absent: it answers nothing. */
  readonly output?: Shape;
  /** The output is not made of structs, so it travels as `{"result": …}`. */
  readonly boxed: boolean;
  readonly context?: string;
  /** It answers pages of a list: the struct that their elements are. */
  readonly pageOf?: string;
  readonly affects?: readonly AffectDefinition[];
  readonly merges?: readonly MergeDefinition[];
  readonly errors?: readonly string[];
  readonly guard?: Guard;
  readonly private?: boolean;
  readonly rev?: number;
};

/** A segment of a route: its text, or the name of the input that stands there and what it takes. */
export type RouteSegment =
  | string
  | {
      readonly param: string;
      /** `slug`: letters, digits, `-` and `_` of ASCII. `path`: all that is left. Absent: any segment. */
      readonly takes?: "slug" | "path";
    };

/** A page, or another answer in the framework's own way, at a route of its own. */
export type ViewDefinition = {
  readonly name: string;
  /** Absolute from where views are mounted; a slash at the end says nothing. */
  readonly route: readonly RouteSegment[];
  /** GET includes HEAD. */
  readonly methods: readonly string[];
  readonly input: readonly Field[];
  /** The context that it shows. */
  readonly context?: string;
  readonly affects?: readonly AffectDefinition[];
  readonly errors?: readonly string[];
  readonly guard?: Guard;
};

export type ContextDefinition = {
  readonly name: string;
  /** Public functions, sorted by code point. */
  readonly functions: readonly string[];
  readonly cache?: {
    /** Seconds. */
    readonly ttl: number;
    readonly public: boolean;
    /** The sets of params that effects of the contract can name, without the empty one. */
    readonly scopes?: readonly (readonly string[])[];
  };
};

export type ContractDefinition = {
  /** First 16 hex digits of the hash of the wire shape. */
  readonly hash: string;
  readonly structs: readonly StructDefinition[];
  readonly errors: readonly ErrorDefinition[];
  readonly contexts: readonly ContextDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly views?: readonly ViewDefinition[];
};
