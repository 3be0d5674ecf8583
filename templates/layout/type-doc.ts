/** Types as documents: how they break when they do not fit on a line. */
import { assertNever } from "../../ir/assert-never.js";
import { printKeys, stringLiteral } from "../text.js";
import {
  align,
  bracketed,
  group,
  ifBreak,
  indent,
  join,
  lazyGroup,
  line,
  softline,
  type Doc,
} from "./doc.js";
import type { Layout } from "./layout.js";
import { indexText, memberHead, typeArgumentsText, typeText } from "./type-text.js";
import { isHuggedUnion, type TypeNode } from "./types.js";

/**
 * Where a type stands. An alias indents a union itself, and type arguments do not; the annotation of a
 * constant that holds an arrow function may break even at a lone type argument.
 */
export type Place = "alias" | "argument" | "arrow" | "other";

export function typeDoc(type: TypeNode, layout: Layout, place: Place = "other"): Doc {
  switch (type.kind) {
    case "keyword":
      return type.name;
    case "literal":
      return stringLiteral(type.value, layout);
    case "reference":
      if (type.args.length === 0) return type.name;
      break;
  }
  return lazyGroup(typeText(type, layout), () => brokenType(type, layout, place));
}

function brokenType(type: TypeNode, layout: Layout, place: Place): Doc {
  switch (type.kind) {
    case "keyword":
    case "literal":
      return typeText(type, layout);
    case "reference":
      return [type.name, brokenArguments(type.args, layout, place === "arrow")];
    case "array":
      return [elementDoc(type.item, layout), "[]"];
    case "union":
      return brokenUnion(type, layout, place);
    case "intersection":
      return indent(
        join(
          [" &", line],
          type.members.map((member) => typeDoc(member, layout)),
        ),
      );
    case "map":
      return brokenBraces(() => [indexDoc(type.value, layout)], layout);
    case "object": {
      if (type.members.length === 0) return "{}";
      const members = (): readonly Doc[] => {
        const keys = printKeys(type.members, layout);
        return type.members.map((member, index) => [
          memberHead(member, keys[index] ?? ""),
          typeDoc(member.type, layout),
        ]);
      };
      return brokenBraces(members, layout);
    }
    case "function":
      return ["() => ", typeDoc(type.result, layout)];
    default:
      return assertNever(type);
  }
}

/** `<A, B>`: on one line, or one per line; a lone simple argument stays where it is. */
export function typeArguments(args: readonly TypeNode[], layout: Layout): Doc {
  if (args.length === 0) return "";
  return lazyGroup(typeArgumentsText(args, layout), () => brokenArguments(args, layout, false));
}

function brokenArguments(args: readonly TypeNode[], layout: Layout, ofArrow: boolean): Doc {
  const [first, ...rest] = args;
  if (first === undefined) return "";
  const isObject = first.kind === "object" || first.kind === "map";
  if (rest.length === 0 && hugsItsBrackets(first) && (isObject || !ofArrow)) {
    return ["<", typeDoc(first, layout), ">"];
  }
  const docs = (): readonly Doc[] => args.map((arg) => typeDoc(arg, layout, "argument"));
  return bracketed("<", docs, ">", { edge: "", separator: ",", trailing: "" });
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

// ---- unions

type Union = Extract<TypeNode, { kind: "union" }>;

function brokenUnion(union: Union, layout: Layout, place: Place): Doc {
  if (isHuggedUnion(union.members)) return join([" | "], unionMembers(union, layout));
  return place === "alias" || place === "argument"
    ? brokenBars(union, layout)
    : indent([softline, barsDoc(union, layout)]);
}

function barsDoc(union: Union, layout: Layout): Doc {
  return lazyGroup(typeText(union, layout), () => brokenBars(union, layout));
}

function brokenBars(union: Union, layout: Layout): Doc {
  return unionMembers(union, layout).map((doc, index) => [
    index === 0 ? ifBreak("| ") : [line, "| "],
    align(2, doc),
  ]);
}

function unionMembers({ members }: Union, layout: Layout): readonly Doc[] {
  return members.map((member) => {
    const doc = typeDoc(member, layout);
    return member.kind === "function" ? ["(", doc, ")"] : doc;
  });
}

/** The element of an array type, in parentheses where it needs them. */
function elementDoc(item: TypeNode, layout: Layout): Doc {
  switch (item.kind) {
    case "union": {
      if (isHuggedUnion(item.members)) return ["(", join([" | "], unionMembers(item, layout)), ")"];
      const inner = lazyGroup(typeText(item, layout), () => [
        indent([softline, barsDoc(item, layout)]),
        softline,
      ]);
      return ["(", inner, ")"];
    }
    case "function":
      return ["(", typeDoc(item, layout), ")"];
    default:
      return typeDoc(item, layout);
  }
}

// ---- objects

function indexDoc(value: TypeNode, layout: Layout): Doc {
  return lazyGroup(indexText(typeText(value, layout)), () => [
    "[",
    group([indent([softline, "key: string"]), softline]),
    "]: ",
    typeDoc(value, layout),
  ]);
}

function brokenBraces(members: () => readonly Doc[], layout: Layout): Doc {
  return bracketed("{", members, "}", {
    edge: layout.bracketSpacing ? " " : "",
    separator: layout.semi ? ";" : ifBreak("", ";"),
    trailing: layout.semi ? ";" : "",
  });
}
