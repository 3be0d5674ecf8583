/** TypeScript types, as far as generated code uses them, and how they break into lines. */
import { assertNever } from "../../ir/assert-never.js";
import { align, group, ifBreak, indent, join, line, softline, type Doc } from "./doc.js";
import type { Layout } from "./layout.js";
import { printKeys, stringLiteral, type Identifier } from "../text.js";

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
  | {
      readonly kind: "function";
      readonly params: readonly { readonly name: Identifier; readonly type: TypeNode }[];
      readonly result: TypeNode;
    };

type Keyword = "boolean" | "never" | "null" | "number" | "string" | "undefined" | "unknown";

/** A type of the language's library where a name of the contract hides it. */
export type GlobalName = `globalThis.${string}`;

export type Member = {
  /** The property's name, unquoted. */
  readonly name: string;
  readonly readonly: boolean;
  readonly optional: boolean;
  readonly type: TypeNode;
};

/**
 * Where a type stands. An alias indents a union itself, and type arguments do not; the annotation of a
 * constant that holds an arrow function may break even at a lone type argument.
 */
type Place = "alias" | "argument" | "arrow" | "other";

export function typeDoc(type: TypeNode, layout: Layout, place: Place = "other"): Doc {
  switch (type.kind) {
    case "keyword":
      return type.name;
    case "literal":
      return stringLiteral(type.value, layout);
    case "reference":
      return [type.name, typeArguments(type.args, layout, place === "arrow")];
    case "array":
      return [elementDoc(type.item, layout), "[]"];
    case "union":
      return unionDoc(type.members, layout, place);
    case "intersection":
      return group(
        indent(
          join(
            [" &", line],
            type.members.map((member) => typeDoc(member, layout)),
          ),
        ),
      );
    case "map":
      return mapDoc(type.value, layout);
    case "object":
      return group(objectTypeDoc(type.members, layout));
    case "function":
      return functionTypeDoc(type, layout);
    default:
      return assertNever(type);
  }
}

/** `<A, B>`: on one line, or one per line; a lone simple argument stays where it is. */
export function typeArguments(args: readonly TypeNode[], layout: Layout, ofArrow = false): Doc {
  const [first, ...rest] = args;
  if (first === undefined) return "";
  const isObject = first.kind === "object" || first.kind === "map";
  if (rest.length === 0 && hugsItsBrackets(first) && (isObject || !ofArrow)) {
    return ["<", typeDoc(first, layout), ">"];
  }
  const docs = args.map((arg) => typeDoc(arg, layout, "argument"));
  return group(["<", indent([softline, join([",", line], docs)]), softline, ">"]);
}

function hugsItsBrackets(type: TypeNode): boolean {
  switch (type.kind) {
    case "keyword":
    case "literal":
    case "object":
    case "map":
      return true;
    case "reference":
      return type.args.length === 0;
    case "union":
      return isHuggedUnion(type.members);
    default:
      return false;
  }
}

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

function unionDoc(members: readonly TypeNode[], layout: Layout, place: Place): Doc {
  const docs = members.map((member) => memberOfUnionDoc(member, layout));
  if (isHuggedUnion(members)) return join(" | ", docs);
  const bars = barredDoc(docs);
  return place === "other" || place === "arrow" ? group(indent([softline, bars])) : bars;
}

function barredDoc(docs: readonly Doc[]): Doc {
  return group(
    docs.map((doc, index) => [index === 0 ? ifBreak("| ") : [line, "| "], align(2, doc)]),
  );
}

function memberOfUnionDoc(member: TypeNode, layout: Layout): Doc {
  const doc = typeDoc(member, layout);
  return member.kind === "function" ? ["(", doc, ")"] : doc;
}

/** The element of an array type, in parentheses where it needs them. */
function elementDoc(item: TypeNode, layout: Layout): Doc {
  switch (item.kind) {
    case "union": {
      const docs = item.members.map((member) => memberOfUnionDoc(member, layout));
      if (isHuggedUnion(item.members)) return ["(", join(" | ", docs), ")"];
      return ["(", group([indent([softline, barredDoc(docs)]), softline]), ")"];
    }
    case "function":
      return ["(", typeDoc(item, layout), ")"];
    default:
      return typeDoc(item, layout);
  }
}

function mapDoc(value: TypeNode, layout: Layout): Doc {
  const index = group([
    "[",
    group([indent([softline, "key: string"]), softline]),
    "]: ",
    typeDoc(value, layout),
  ]);
  return group(bracesDoc([index], layout));
}

function objectTypeDoc(members: readonly Member[], layout: Layout): Doc {
  if (members.length === 0) return "{}";
  const keys = printKeys(
    members.map(({ name }) => name),
    layout,
  );
  return bracesDoc(
    members.map((member, index) => memberDoc(member, keys[index] ?? "", layout)),
    layout,
  );
}

function bracesDoc(members: readonly Doc[], layout: Layout): Doc {
  const edge = layout.bracketSpacing ? line : softline;
  const separator = layout.semi ? ";" : ifBreak("", ";");
  return [
    "{",
    indent([edge, join([separator, line], members)]),
    layout.semi ? ifBreak(";") : "",
    edge,
    "}",
  ];
}

/** `limit?: number | null`, without what ends it. `key` is the name as it is printed. */
export function memberDoc(member: Member, key: string, layout: Layout): Doc {
  const prefix = member.readonly ? "readonly " : "";
  const mark = member.optional ? "?: " : ": ";
  return [prefix, key, mark, typeDoc(member.type, layout)];
}

function functionTypeDoc(type: TypeNode & { kind: "function" }, layout: Layout): Doc {
  const [only, ...others] = type.params;
  const result = typeDoc(type.result, layout);
  if (only === undefined) return group(["()", " => ", result]);
  if (others.length === 0 && only.type.kind === "object") {
    return group(["(", only.name, ": ", objectTypeDoc(only.type.members, layout), ") => ", result]);
  }
  const params = type.params.map(({ name, type: param }) => [name, ": ", typeDoc(param, layout)]);
  const list: Doc = [
    "(",
    indent([softline, join([",", line], params)]),
    layout.trailingComma === "all" ? ifBreak(",") : "",
    softline,
    ")",
  ];
  const returnsObject = type.result.kind === "object" || type.result.kind === "map";
  return group([others.length === 0 && returnsObject ? group(list) : list, " => ", result]);
}

// ---- makers

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
  params: [],
  result,
});

/** A union of everything given, flat and without repetitions; `unknown` swallows the rest; one member is itself. */
export function unionOf(types: readonly TypeNode[]): TypeNode {
  const members: TypeNode[] = [];
  const seen = new Set<string>();
  for (const type of types.flatMap((each) => (each.kind === "union" ? each.members : [each]))) {
    const key = JSON.stringify(type);
    if (!seen.has(key)) members.push(type);
    seen.add(key);
  }
  const unknown = members.find((member) => member.kind === "keyword" && member.name === "unknown");
  if (unknown !== undefined) return unknown;
  const [only, ...others] = members;
  return only !== undefined && others.length === 0 ? only : { kind: "union", members };
}
