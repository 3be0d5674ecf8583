/** Types on one line. No type has to break, so there always is such a text. */
import { assertNever } from "../../ir/assert-never.js";
import { printKeys, stringLiteral } from "../text.js";
import type { Layout } from "./layout.js";
import type { Member, TypeNode } from "./types.js";

export function typeText(type: TypeNode, layout: Layout): string {
  switch (type.kind) {
    case "keyword":
      return type.name;
    case "literal":
      return stringLiteral(type.value, layout);
    case "reference":
      return type.name + typeArgumentsText(type.args, layout);
    case "array":
      return type.item.kind === "union" || type.item.kind === "function"
        ? `(${typeText(type.item, layout)})[]`
        : `${typeText(type.item, layout)}[]`;
    case "union":
      return type.members.map((member) => unionMemberText(member, layout)).join(" | ");
    case "intersection":
      return type.members.map((member) => typeText(member, layout)).join(" & ");
    case "map":
      return inBraces(indexText(typeText(type.value, layout)), layout);
    case "object":
      return type.members.length === 0 ? "{}" : inBraces(membersText(type.members, layout), layout);
    case "function":
      return `() => ${typeText(type.result, layout)}`;
    default:
      return assertNever(type);
  }
}

export function typeArgumentsText(args: readonly TypeNode[], layout: Layout): string {
  let joined = "";
  for (const arg of args) joined += (joined === "" ? "<" : ", ") + typeText(arg, layout);
  return joined === "" ? "" : `${joined}>`;
}

function unionMemberText(member: TypeNode, layout: Layout): string {
  const text = typeText(member, layout);
  return member.kind === "function" ? `(${text})` : text;
}

export function indexText(value: string): string {
  return `[key: string]: ${value}`;
}

function membersText(members: readonly Member[], layout: Layout): string {
  const keys = printKeys(members, layout);
  return members
    .map((member, index) => memberHead(member, keys[index] ?? "") + typeText(member.type, layout))
    .join("; ");
}

/** `readonly limit?: ` with the name as it is printed. */
export function memberHead(member: Member, key: string): string {
  return (member.readonly ? "readonly " : "") + key + (member.optional ? "?: " : ": ");
}

function inBraces(text: string, { bracketSpacing }: Layout): string {
  return bracketSpacing ? `{ ${text} }` : `{${text}}`;
}
