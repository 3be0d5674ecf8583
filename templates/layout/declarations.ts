/**
 * One function per shape of declaration. Each answers text, laid out and ended as the layout asks, for the
 * top level of a module; documentation is written above by whoever places it.
 */
import { assignmentDoc, brokenAfterOperator, fluid } from "./assignment.js";
import { bracketed, canBreak, group, lazyGroup, type Doc } from "./doc.js";
import { expressionDoc, itemComma } from "./expression-doc.js";
import { expressionText } from "./expression-text.js";
import type { Expression } from "./expressions.js";
import { indentation, type Layout } from "./layout.js";
import { layOut } from "./print.js";
import {
  printKeys,
  stringLiteral,
  toCode,
  type Code,
  type DocLine,
  type Identifier,
} from "../text.js";
import { typeDoc } from "./type-doc.js";
import { memberHead, typeText } from "./type-text.js";
import { isHuggedUnion, type Member, type TypeNode } from "./types.js";

export type Specifier = {
  readonly name: Identifier;
  /** The local name; the same where nothing is in its way. */
  readonly as: Identifier;
  readonly type: boolean;
};

/** `import { functionOf, type Call } from "…";` */
export function importLine(specifiers: readonly Specifier[], from: string, layout: Layout): Code {
  const typeOnly = specifiers.every(({ type }) => type);
  const keyword = typeOnly ? "import type " : "import ";
  const names = specifiers.map(({ type, name, as }) => {
    const renamed = as === name ? name : `${name} as ${as}`;
    return type && !typeOnly ? `type ${renamed}` : renamed;
  });
  return statement(
    [keyword, bracedList(names, layout), " from ", stringLiteral(from, layout)],
    layout,
  );
}

/** `import * as z from "zod";` */
export function namespaceImportLine(name: Identifier, from: string, layout: Layout): Code {
  return statement(`import * as ${name} from ${stringLiteral(from, layout)}`, layout);
}

/** `export { useMizan };` or `export * from "./types.js";` */
export function exportLine(
  names: readonly Identifier[] | "*",
  from: string | null,
  layout: Layout,
): Code {
  const what = names === "*" ? "*" : bracedList(names, layout);
  const source = from === null ? "" : ` from ${stringLiteral(from, layout)}`;
  return statement(["export ", what, source], layout);
}

/** `"use client";` */
export function directiveLine(text: string, layout: Layout): Code {
  return statement(stringLiteral(text, layout), layout);
}

/** Declarations one below the other, as one text; none for none. */
export function joinDeclarations(declarations: readonly Code[]): readonly Code[] {
  return declarations.length === 0 ? [] : [toCode(declarations.join("\n\n"))];
}

/** A module that exports nothing is still a module. */
export function emptyExportLine(layout: Layout): Code {
  return statement("export {}", layout);
}

function bracedList(names: readonly string[], layout: Layout): Doc {
  const [only, ...others] = names;
  if (only !== undefined && others.length === 0) {
    return layout.bracketSpacing ? `{ ${only} }` : `{${only}}`;
  }
  return group(
    bracketed("{", () => names, "}", {
      edge: layout.bracketSpacing ? " " : "",
      separator: ",",
      trailing: itemComma(layout),
    }),
  );
}

/** A member of an interface with its documentation, which stands above it. */
export type DocumentedMember = Member & { readonly doc: readonly DocLine[] };

/** `export interface Profile { … }`, one member per line. */
export function interfaceText(
  name: Identifier,
  members: readonly DocumentedMember[],
  layout: Layout,
): Code {
  const keys = printKeys(members, layout);
  return interfaceOf(
    name,
    members.map((member, index) => memberText(member, keys[index] ?? "", layout)),
  );
}

/** The same of members that are laid out already. */
export function interfaceOf(name: Identifier, members: readonly Code[]): Code {
  if (members.length === 0) return toCode(`export interface ${name} {}`);
  return toCode([`export interface ${name} {`, ...members, "}"].join("\n"));
}

/** One member of an interface; `key` is its name as it is printed. */
export function memberText(member: DocumentedMember, key: string, layout: Layout): Code {
  const margin = indentation(layout, 1);
  const type = typeDoc(member.type, layout);
  const line = layOut([memberHead(member, key), type, layout.semi ? ";" : ""], layout, 1);
  return toCode([...member.doc, line].map((text) => margin + text).join("\n"));
}

/** `export type Role = "admin" | "member";` */
export function aliasText(name: Identifier, type: TypeNode, layout: Layout): Code {
  const left = `export type ${name}`;
  const doc = typeDoc(type, layout, "alias");
  const breaksBefore = type.kind === "union" && !isHuggedUnion(type.members);
  return statement(
    breaksBefore ? brokenAfterOperator(left, " =", doc) : fluid(left, " =", doc),
    layout,
  );
}

export type Constant = {
  readonly name: Identifier;
  /** Null where the right side says it. */
  readonly type: TypeNode | null;
  readonly value: Expression;
  readonly exported: boolean;
};

/** `export const callPing: Call<…> = …;`; without `exported` the constant stays in its module. */
export function constantText(constant: Constant, layout: Layout): Code {
  return layOut([constantDoc(constant, layout), layout.semi ? ";" : ""], layout);
}

function constantDoc({ name, type, value, exported }: Constant, layout: Layout): Doc {
  const head = exported ? `export const ${name}` : `const ${name}`;
  const text = expressionText(value, layout);
  const annotation = type === null ? "" : `: ${typeText(type, layout)}`;
  return lazyGroup(text === null ? null : `${head}${annotation} = ${text}`, () => {
    const place = value.kind === "arrow" ? "arrow" : "other";
    const typed: Doc = type === null ? "" : [": ", typeDoc(type, layout, place)];
    const left: Doc = [head, typed];
    return (type !== null && isComplex(type)) || (value.kind === "arrow" && canBreak(typed))
      ? group([left, " = ", group(expressionDoc(value, layout))])
      : assignmentDoc({ left, operator: " =", right: value, hasShortKey: false }, layout);
  });
}

/** Several type arguments, one of which has arguments of its own: then the annotation breaks first. */
function isComplex(type: TypeNode): boolean {
  return (
    type.kind === "reference" &&
    type.args.length > 1 &&
    type.args.some((arg) => arg.kind === "reference" && arg.args.length > 0)
  );
}

function statement(doc: Doc, layout: Layout): Code {
  return layOut([doc, layout.semi ? ";" : ""], layout);
}
