/**
 * The contract as its author meant it, in one form: what `lower` makes of short form and canonical IR.
 *
 * Names are still text and nothing is resolved: a `Name` may refer to something that does not exist, and
 * one name may be declared twice. Everything has a place. Where a node was at fault and has been reported,
 * an `error` type stands, or the part is left out.
 *
 * Who reports what: lowering reports all that one node says wrongly by itself; canonicalize reports names
 * that resolve to nothing or to two things, whatever stands in the way of expanding aliases, and effects that
 * cannot be resolved; validate reports the rules about a contract whose names are resolved. Whoever reports
 * first is the only one.
 *
 * All nodes of the tree stand together in one file, as they refer to each other.
 */
import type { Span } from "../source/source.js";
import type { Deprecation, FormPart, Literal, Source } from "./canonical.js";

export type Contract = {
  readonly types: readonly TypeDeclaration[];
  readonly enums: readonly Enum[];
  readonly errors: readonly DeclaredError[];
  readonly functions: readonly Fn[];
  /** One per node: nodes of one name are parts of one context. */
  readonly contexts: readonly Context[];
  readonly views: readonly View[];
  readonly channels: readonly Channel[];
  /** False when a file could not be read as a whole: what seems undeclared may be declared in the rest. */
  readonly whole: boolean;
};

/** A name as written, and where. */
export type Name = { readonly text: string; readonly span: Span };

/** Whether a node is written as `mizan canon` prints it, or by hand. */
export type Form = "short" | "canonical";

// ---- types

/** The words that are types by themselves. */
export const scalarNames = [
  "integer",
  "number",
  "boolean",
  "string",
  "datetime",
  "date",
  "time",
  "uuid",
  "decimal",
  "bytes",
  "email",
  "url",
  "json",
  "file",
] as const;

export type ScalarName = (typeof scalarNames)[number];

/**
 * As deep as types may nest, the innermost included. Blocks nest 64 deep: what is printed stands in a field of a
 * struct of a type, or in a field of the input of a view, and all but the innermost have blocks of their own.
 */
export const deepestType = 62;

export type TypeExpr =
  | {
      readonly kind: "scalar";
      readonly name: ScalarName;
      /** Written on the shape itself, which only the full canonical form does. */
      readonly constraints: readonly Constraint[];
      readonly span: Span;
    }
  /** A struct, an alias or an enum. */
  | { readonly kind: "name"; readonly name: string; readonly span: Span }
  /** Values written in place, as the canonical form does. `name` is the full form's. */
  | {
      readonly kind: "enum";
      readonly name: Name | null;
      readonly values: readonly string[];
      readonly span: Span;
    }
  | {
      readonly kind: "list";
      readonly item: TypeExpr;
      readonly constraints: readonly Constraint[];
      readonly span: Span;
    }
  | { readonly kind: "map"; readonly value: TypeExpr; readonly span: Span }
  | { readonly kind: "optional"; readonly inner: TypeExpr; readonly span: Span }
  | {
      readonly kind: "union";
      readonly members: readonly TypeExpr[];
      /** Arms that differ by format or by what a map holds look equal in the canonical form. */
      readonly form: Form;
      readonly span: Span;
    }
  | { readonly kind: "error"; readonly span: Span };

export const constraintNames = [
  "min",
  "max",
  "multiple-of",
  "min-length",
  "max-length",
  "pattern",
  "min-items",
  "max-items",
  "max-bytes",
  "accept",
] as const;

export type ConstraintName = (typeof constraintNames)[number];

export type Constraint =
  | {
      readonly name: Exclude<ConstraintName, "pattern" | "accept">;
      readonly value: number;
      readonly span: Span;
    }
  | { readonly name: "pattern" | "accept"; readonly value: string; readonly span: Span };

export type Field = {
  readonly name: Name;
  readonly type: TypeExpr;
  readonly default: { readonly literal: Literal; readonly span: Span } | null;
  /** `required=` as written. A canonical field without it says `true`, for its `optional` omits nothing. */
  readonly required: { readonly value: boolean; readonly span: Span } | null;
  /** They apply to the value behind aliases and `?`. */
  readonly constraints: readonly Constraint[];
  readonly doc: string | null;
  readonly deprecated: Deprecation | null;
  readonly node: Span;
};

export type TypeDeclaration = Struct | Alias;

export type Struct = {
  readonly kind: "struct";
  readonly name: Name;
  /**
   * The name that its author gave it, where `name` is one that printing derived (`userProfileOutput`): the
   * full form's `struct name="Profile"`.
   */
  readonly given: Name | null;
  readonly fields: readonly Field[];
  readonly form: Form;
  readonly doc: string | null;
  readonly node: Span;
};

export type Alias = {
  readonly kind: "alias";
  readonly name: Name;
  readonly type: TypeExpr;
  readonly form: Form;
  readonly doc: string | null;
  readonly node: Span;
};

export type Enum = {
  readonly name: Name;
  readonly values: readonly EnumValue[];
  readonly doc: string | null;
  readonly node: Span;
};

export type EnumValue = {
  readonly value: string;
  readonly doc: string | null;
  readonly span: Span;
};

export type DeclaredError = {
  readonly name: Name;
  /** Null when not written: 400. */
  readonly status: number | null;
  readonly message: string | null;
  readonly fields: readonly Field[];
  readonly doc: string | null;
  readonly node: Span;
};

// ---- functions

export type Fn = {
  readonly name: Name;
  /** Canonical when the node has `camel`. */
  readonly form: Form;
  /** Inline inputs first, then those of the `input` block. */
  readonly input: readonly Field[];
  /** `input ById`: a struct whose fields are inputs too. */
  readonly inputType: Name | null;
  /** Whether part of the input was lost to a fault: what seems to be no input may be one. */
  readonly inputLost: boolean;
  readonly output: Output;
  /** `context alpha` inside the function; a context's own block is in `Context.members`. */
  readonly context: Name | null;
  readonly affects: readonly Affect[];
  readonly merges: readonly Merge[];
  readonly paginate: Paginate | null;
  readonly errors: readonly Name[];
  readonly auth: Auth | null;
  readonly rev: number | null;
  readonly cache: Cache | null;
  readonly transport: "http" | "websocket" | null;
  readonly private: boolean;
  readonly isForm: FormPart | null;
  readonly doc: string | null;
  readonly deprecated: Deprecation | null;
  readonly node: Span;
};

export type Output =
  /** No arrow: the function answers nothing. */
  | { readonly kind: "nothing" }
  | { readonly kind: "type"; readonly type: TypeExpr }
  /** `output "userProfileOutput"`: the printed type, in which a value may be boxed. */
  | {
      readonly kind: "printed";
      readonly name: Name;
      readonly nullable: boolean;
      /** The full form's `output-nothing`: the box is empty. */
      readonly nothing: boolean;
    };

export type Auth =
  | { readonly kind: "none" | "required" | "staff" | "superuser"; readonly span: Span }
  | { readonly kind: "predicate"; readonly name: string; readonly span: Span };

export type Cache = {
  readonly off: boolean;
  readonly public: boolean;
  /** Seconds; null when not written. */
  readonly ttl: number | null;
  readonly span: Span;
};

/** Names of inputs (`cursor`, `limit`), of fields of the output (`items`, `next`) and of their elements (`by`). */
export type Paginate = {
  /** Null when it was missing and that has been reported. */
  readonly cursor: Name | null;
  readonly limit: Name | null;
  /** Null when not written: the one field that is a list of structs. */
  readonly items: Name | null;
  /** Null when not written: the field `next`. */
  readonly next: Name | null;
  /** Null as `cursor` is. */
  readonly by: Name | null;
  readonly span: Span;
};

// ---- effects

export type EffectParam = { readonly name: Name; readonly source: Source; readonly span: Span };

export type Affect =
  | {
      readonly kind: "context";
      readonly context: Name;
      readonly all: boolean;
      readonly params: readonly EffectParam[];
      readonly span: Span;
    }
  | { readonly kind: "function"; readonly function: Name; readonly span: Span }
  | { readonly kind: "everything"; readonly span: Span };

export type Merge = {
  readonly context: Name;
  readonly slot: Name | null;
  readonly by: Name | null;
  readonly op: { readonly value: "prepend" | "remove"; readonly span: Span } | null;
  readonly value: { readonly source: Source; readonly span: Span } | null;
  readonly params: readonly EffectParam[];
  readonly span: Span;
};

export type Context = {
  readonly name: Name;
  /** Functions defined or referred to in the block. */
  readonly members: readonly Member[];
  readonly auth: Auth | null;
  readonly cache: Cache | null;
  readonly live: boolean;
  readonly doc: string | null;
  readonly node: Span;
};

export type Member = {
  readonly name: Name;
  /** A canonical document may list a function that it does not have; there that is a warning. */
  readonly form: Form;
};

export type View = {
  readonly name: Name;
  /** Null when it was missing and that has been reported. */
  readonly route: Name | null;
  readonly methods: readonly Name[];
  readonly input: readonly Field[];
  readonly inputType: Name | null;
  readonly inputLost: boolean;
  readonly context: Name | null;
  readonly affects: readonly Affect[];
  readonly errors: readonly Name[];
  readonly auth: Auth | null;
  readonly doc: string | null;
  readonly node: Span;
};

export type Channel = {
  readonly name: Name;
  readonly params: Message | null;
  readonly client: Message | null;
  readonly server: Message | null;
  readonly auth: Auth | null;
  readonly doc: string | null;
  readonly node: Span;
};

/** Fields written in place, or those of a struct. Only params may have both: inline fields, and a struct. */
export type Message = {
  readonly fields: readonly Field[];
  readonly type: Name | null;
  readonly span: Span;
};
