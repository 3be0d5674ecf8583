/**
 * The resolved contract: what `canonicalize` makes and everything downstream reads.
 *
 * Names are resolved, defaults of a context are handed down to its functions, every list has its final
 * order. Nothing here is text to be parsed again. A node that a diagnostic was reported for is an error
 * node (`kind: "error"`), and whoever meets one says nothing more about it.
 *
 * Words: a *shape* is the form of a value. A *struct* has named fields. A *slot* is one function's value
 * in a context bundle. A *source* names where an effect's param gets its value from.
 *
 * Order, by Unicode code point: types, enums and errors by name, functions and channels by wire name,
 * contexts by name, a context's functions and params. In written order: fields, enum values, union
 * members, affects, merges, errors of a function.
 *
 * All nodes of the tree stand together in one file, as they refer to each other.
 */
import type { Span } from "../source/source.js";

export type Canonical = {
  readonly types: readonly Type[];
  readonly enums: readonly Enum[];
  readonly errors: readonly DeclaredError[];
  readonly functions: readonly Fn[];
  readonly contexts: readonly Context[];
  readonly views: readonly View[];
  readonly channels: readonly Channel[];
};

/** Where a node was written: the name, for short squiggles, and the whole node. */
export type Place = { readonly name: Span; readonly node: Span };

// ---- shapes

export type Format = "datetime" | "date" | "time" | "uuid" | "decimal" | "bytes" | "email" | "url";

export type Shape =
  | {
      readonly kind: "integer" | "number";
      readonly min: number | null;
      readonly max: number | null;
      readonly multipleOf: number | null;
    }
  | { readonly kind: "boolean" }
  | {
      readonly kind: "string";
      readonly format: Format | null;
      readonly minLength: number | null;
      readonly maxLength: number | null;
      /** A regular expression as JavaScript writes it, for the `u` flag. */
      readonly pattern: string | null;
    }
  | { readonly kind: "json" }
  | {
      readonly kind: "file";
      readonly maxBytes: number | null;
      /** `image/png`, `image/*`, `.pdf`: in lower case and written order, one of them must fit. */
      readonly accept: readonly string[] | null;
    }
  /** `name` is null for an enum that only a canonical document wrote, inline. */
  | { readonly kind: "enum"; readonly name: string | null; readonly values: readonly string[] }
  /** A struct by name; `Canonical.types` has it. Aliases are replaced by what they stand for. */
  | { readonly kind: "ref"; readonly type: string }
  | {
      readonly kind: "list";
      readonly item: Shape;
      readonly minItems: number | null;
      readonly maxItems: number | null;
    }
  | { readonly kind: "map"; readonly value: Shape }
  | { readonly kind: "optional"; readonly inner: Shape }
  | { readonly kind: "union"; readonly members: readonly Shape[] }
  /** Something was wrong here and has been reported. */
  | { readonly kind: "error" };

/** A literal of the contract. An integer literal on a number field stays an integer. */
export type Literal =
  | { readonly kind: "integer" | "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "null" };

export type Field = {
  readonly name: string;
  /** `T?` is an `optional` shape here. */
  readonly shape: Shape;
  /** May be left out of an input: `T?`, a default, or `required=#false`. */
  readonly omittable: boolean;
  /** What the server fills in; null when there is none. */
  readonly default: Literal | null;
  readonly doc: string | null;
  readonly deprecated: Deprecation | null;
  readonly place: Place;
  readonly typeSpan: Span;
};

export type Deprecation = { readonly reason: string | null };

/** A struct under a name. */
export type Type = {
  readonly name: string;
  readonly fields: readonly Field[];
  /**
   * The function whose output this struct is, when a plain canonical document gave it no name of its own
   * (`type "userProfileOutput"`); null for a type that somebody named.
   */
  readonly outputOf: string | null;
  readonly doc: string | null;
  readonly place: Place;
};

/** A named enum of strings. */
export type Enum = {
  readonly name: string;
  readonly values: readonly EnumValue[];
  readonly doc: string | null;
  readonly place: Place;
};

export type EnumValue = {
  readonly value: string;
  readonly doc: string | null;
  readonly span: Span;
};

export type DeclaredError = {
  readonly name: string;
  /** `OUT_OF_STOCK` */
  readonly code: string;
  readonly status: number;
  /** As written, else the name in words: `Out of stock`. */
  readonly message: string;
  readonly fields: readonly Field[];
  readonly doc: string | null;
  readonly place: Place;
};

// ---- functions

export type Fn = {
  /** The wire name: `user_profile`, `orders.place`. */
  readonly name: string;
  /** `userProfile`, `ordersPlace`: the identifier of generated code, before reserved words. */
  readonly camel: string;
  readonly input: readonly Field[];
  /** The struct that the author named as the input (`input ById`), when it is the whole input. */
  readonly inputType: string | null;
  /** Null when the function answers nothing. */
  readonly output: Shape | null;
  readonly context: string | null;
  readonly affects: readonly Affect[];
  readonly merges: readonly Merge[];
  /** Null for a function whose answers are no pages of a longer list. */
  readonly paginate: Paginate | null;
  /** Names of declared errors, in written order. */
  readonly errors: readonly string[];
  /** Its own guard, else its context's; `none` where it lifts that of its context. */
  readonly auth: Auth | null;
  readonly rev: number;
  /** As written on the function: what it lowers its context's to is in `Context.cache`. */
  readonly cache: Cache | null;
  readonly transport: "http" | "websocket";
  readonly private: boolean;
  /** What it says about the form that it is part of; null when that is nothing. */
  readonly form: FormPart | null;
  readonly doc: string | null;
  readonly deprecated: Deprecation | null;
  readonly place: Place;
  readonly outputSpan: Span | null;
};

/** `is-form #true`, `form-name`, `form-role`: each may stand without the others. */
export type FormPart = {
  readonly flag: boolean;
  readonly name: string | null;
  readonly role: string | null;
};

export type Auth =
  | {
      readonly kind: "none" | "required" | "staff" | "superuser";
      readonly span: Span;
    }
  | { readonly kind: "predicate"; readonly name: string; readonly span: Span };

export type Cache = {
  readonly off: boolean;
  readonly public: boolean;
  /** Seconds. */
  readonly ttl: number;
  readonly span: Span;
};

/** How the answers of a function are pages of one list: who asks with the `next` of one gets the one after. */
export type Paginate = {
  /** The input that takes `next`; without it the first page is answered. */
  readonly cursor: string;
  /** The input that says how long a page may be. */
  readonly limit: string | null;
  /** The field of the output that holds the elements, a list of structs. */
  readonly items: string;
  /** The struct that the elements are. */
  readonly element: string;
  /** The field of the output that is null on the last page. */
  readonly next: string;
  /** The field that tells elements apart. */
  readonly by: string;
  readonly span: Span;
};

// ---- effects

/** Where a value comes from: `input.user_id`, `result.owner.id`. */
export type Source = { readonly from: "input" | "result"; readonly path: readonly string[] };

export type EffectParam = {
  readonly param: string;
  readonly source: Source;
  readonly span: Span;
};

/**
 * What a mutation makes stale. `params` is settled already (protocol.md, "Invalidation"): explicit params, or those
 * that go by name, or none. A `context` entry with no params is the bare name.
 */
export type Affect =
  | {
      readonly kind: "context";
      readonly context: string;
      readonly scope: "explicit" | "all" | "by-name";
      readonly params: readonly EffectParam[];
      readonly span: Span;
    }
  | { readonly kind: "function"; readonly function: string; readonly span: Span }
  | { readonly kind: "everything"; readonly span: Span };

export type Merge = {
  readonly context: string;
  /** The function whose slot takes the value; null when it cannot be told (then it acts as an affect). */
  readonly slot: string | null;
  readonly op: "replace" | "upsert" | "prepend" | "remove";
  /** The field that identifies an element of a list slot. */
  readonly by: string | null;
  /** For `op=remove`: where the key is found when the output is no element. */
  readonly value: Source | null;
  readonly scope: "explicit" | "by-name";
  readonly params: readonly EffectParam[];
  /** What was written, where it differs: `slot=` and `op=` as the author gave them. */
  readonly written: { readonly slot: string | null; readonly op: "prepend" | "remove" | null };
  readonly span: Span;
};

// ---- contexts, views, channels

export type Context = {
  readonly name: string;
  /** Wire names, private ones included. */
  readonly functions: readonly string[];
  readonly params: readonly ContextParam[];
  readonly auth: Auth | null;
  /** What counts for the bundle: its own, lowered by its public functions. Null when it has none of its own. */
  readonly cache: Cache | null;
  readonly live: boolean;
  readonly doc: string | null;
  readonly place: Place;
};

export type ContextParam = {
  readonly name: string;
  /** The primitive that the plain canonical form prints. */
  readonly type: "integer" | "number" | "boolean" | "string";
  /** The shape of the first function (by name) that declares it, Optional included. */
  readonly shape: Shape;
  /** Every public function declares it and none lets it be left out: the family's `required`. */
  readonly required: boolean;
  /** Some public function refuses to run without it, so a provider must be given it. */
  readonly needed: boolean;
  readonly sharedBy: readonly string[];
};

export type View = {
  readonly name: string;
  readonly camel: string;
  /** In its one spelling (`ir/routes.ts`), if it is a route at all. */
  readonly route: string;
  readonly methods: readonly string[];
  readonly input: readonly Field[];
  readonly context: string | null;
  readonly affects: readonly Affect[];
  /** Names of declared errors, in written order. */
  readonly errors: readonly string[];
  readonly auth: Auth | null;
  readonly doc: string | null;
  readonly place: Place;
};

export type Channel = {
  readonly name: string;
  /** `ChatRoom` */
  readonly pascal: string;
  /** Null where the channel has none; no fields are an empty struct. */
  readonly params: Message | null;
  readonly clientMessage: Message | null;
  readonly serverMessage: Message | null;
  readonly auth: Auth | null;
  readonly doc: string | null;
  readonly place: Place;
};

/** What is sent on a channel, or names one. */
export type Message = {
  readonly fields: readonly Field[];
  /** The struct that the author named (`server ChatEntry`), when it is the whole message. */
  readonly type: string | null;
};
