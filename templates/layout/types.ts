/** TypeScript types, as far as generated code uses them. How they break is in `type-doc.ts`. */
import type { Identifier } from "../text.js";

export type TypeNode =
  | { readonly kind: "keyword"; readonly name: Keyword }
  /** `"admin"` */
  | { readonly kind: "literal"; readonly value: string }
  /** `Profile`, `Call<Input, Output, Failure>` */
  | {
      readonly kind: "reference";
      readonly name: Identifier | GlobalName;
      readonly args: readonly TypeNode[];
    }
  | { readonly kind: "array"; readonly item: TypeNode }
  | { readonly kind: "union"; readonly members: readonly TypeNode[] }
  /** References only: `ServerOptions & PredicateOptions` */
  | { readonly kind: "intersection"; readonly members: readonly TypeNode[] }
  /** `{ [key: string]: number }` */
  | { readonly kind: "map"; readonly value: TypeNode }
  | { readonly kind: "object"; readonly members: readonly Member[] }
  /** `() => Profile` */
  | { readonly kind: "function"; readonly result: TypeNode };

type Keyword =
  "boolean" | "never" | "null" | "number" | "string" | "undefined" | "unknown" | "void";

/** A type of the language's library where a name of the contract hides it. */
export type GlobalName = `globalThis.${string}`;

export type Member = {
  /** The property's name, unquoted. */
  readonly name: string;
  readonly readonly: boolean;
  readonly optional: boolean;
  readonly type: TypeNode;
};

/** `Profile | null` and `{ … } | null` never break at the bar. */
export function isHuggedUnion(members: readonly TypeNode[]): boolean {
  const object = members.find(
    ({ kind }) => kind === "reference" || kind === "object" || kind === "map",
  );
  return (
    object !== undefined &&
    members.every(
      (member) => member === object || (member.kind === "keyword" && member.name === "null"),
    )
  );
}

export const keyword = (name: Keyword): TypeNode => ({ kind: "keyword", name });
export const reference = (
  name: Identifier | GlobalName,
  ...args: readonly TypeNode[]
): TypeNode => ({
  kind: "reference",
  name,
  args,
});
export const arrayOf = (item: TypeNode): TypeNode => ({ kind: "array", item });
export const mapOf = (value: TypeNode): TypeNode => ({ kind: "map", value });
export const objectOf = (members: readonly Member[]): TypeNode => ({ kind: "object", members });
export const functionReturning = (result: TypeNode): TypeNode => ({
  kind: "function",
  result,
});

/** A union of everything given, flat and without repetitions; `unknown` swallows the rest; one member is itself. */
export function unionOf(types: readonly TypeNode[]): TypeNode {
  const members: TypeNode[] = [];
  const seen = new Set<string>();
  for (const type of types.flatMap((each) => (each.kind === "union" ? each.members : [each]))) {
    if (type.kind === "keyword" && type.name === "unknown") return type;
    const key = identityOf(type);
    if (!seen.has(key)) members.push(type);
    seen.add(key);
  }
  const [only, ...others] = members;
  return only !== undefined && others.length === 0 ? only : { kind: "union", members };
}

/** The same text for equal types, and for no others. */
function identityOf(type: TypeNode): string {
  switch (type.kind) {
    case "keyword":
      return type.name;
    case "literal":
      return `'${type.value}`;
    default:
      return JSON.stringify(type);
  }
}
