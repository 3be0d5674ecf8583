/** Expressions, as far as generated code uses them, and how they break into lines. */
import { assertNever } from "../../ir/assert-never.js";
import {
  firstThatFits,
  group,
  hardline,
  ifBreak,
  indent,
  join,
  line,
  softline,
  willBreak,
  type Doc,
} from "./doc.js";
import { assignmentDoc } from "./assignment.js";
import type { Layout } from "./layout.js";
import { printKeys, stringLiteral, type Identifier } from "../text.js";
import { typeArguments, type TypeNode } from "./types.js";
import { textWidth } from "./width.js";

export type Expression =
  | { readonly kind: "identifier"; readonly name: Identifier }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "number"; readonly value: number }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "member"; readonly object: Expression; readonly property: Identifier }
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
  | { readonly kind: "array"; readonly elements: readonly Expression[] }
  /** `() => profileSchema`, `(options) => createServer(options)` */
  | { readonly kind: "arrow"; readonly param: Identifier | null; readonly body: Expression };

export type Property = {
  readonly name: string;
  readonly value: Expression;
  /** `{ name }`: the value is the identifier of the same name. */
  readonly shorthand: boolean;
};

type Call = Extract<Expression, { kind: "call" }>;

export function expressionDoc(expression: Expression, layout: Layout): Doc {
  switch (expression.kind) {
    case "identifier":
      return expression.name;
    case "string":
      return stringLiteral(expression.value, layout);
    case "number":
      return numberText(expression.value);
    case "boolean":
      return String(expression.value);
    case "null":
      return "null";
    case "member":
      return [expressionDoc(expression.object, layout), ".", expression.property];
    case "call":
      return expression.pure
        ? ["/* @__PURE__ */ ", callDoc(expression, layout)]
        : callDoc(expression, layout);
    case "object":
      return objectDoc(expression.properties, layout);
    case "array":
      return arrayDoc(expression.elements, layout);
    case "arrow":
      return arrowDoc(expression, layout);
    default:
      return assertNever(expression);
  }
}

type Arrow = Extract<Expression, { kind: "arrow" }>;

/** `hugged`: it is the last argument of a call and breaks alone, so the closing bracket needs its own line. */
function arrowDoc({ param, body }: Arrow, layout: Layout, hugged = false): Doc {
  const params = param === null ? "()" : parameterDoc(param, layout);
  const end = hugged ? [trailingComma(layout, "all"), softline] : "";
  return group([params, " =>", group([indent([line, expressionDoc(body, layout)]), end])]);
}

function parameterDoc(param: Identifier, layout: Layout): Doc {
  if (layout.arrowParens === "avoid") return param;
  return group(["(", indent([softline, param]), trailingComma(layout, "all"), softline, ")"]);
}

// ---- objects and arrays

function objectDoc(properties: readonly Property[], layout: Layout): Doc {
  if (properties.length === 0) return "{}";
  const edge = layout.bracketSpacing ? line : softline;
  const keys = printKeys(
    properties.map(({ name }) => name),
    layout,
  );
  const members = properties.map((property, index) =>
    propertyDoc(property, keys[index] ?? "", layout),
  );
  return group([
    "{",
    indent([edge, join([",", line], members)]),
    trailingComma(layout, "es5"),
    edge,
    "}",
  ]);
}

function propertyDoc(
  { name, value, shorthand }: Property,
  printedKey: string,
  layout: Layout,
): Doc {
  if (shorthand) return expressionDoc(value, layout);
  // A plain `__proto__: x` would set the prototype instead of a property.
  const key = name === "__proto__" ? `[${stringLiteral(name, layout)}]` : printedKey;
  // Breaking after a very short key would gain nothing.
  const hasShortKey = textWidth(key) < layout.tabWidth + 3;
  return assignmentDoc({ left: key, operator: ":", right: value, hasShortKey }, layout);
}

function arrayDoc(elements: readonly Expression[], layout: Layout): Doc {
  if (elements.length === 0) return "[]";
  return group(
    [
      "[",
      indent([
        softline,
        join(
          [",", line],
          elements.map((element) => group(expressionDoc(element, layout))),
        ),
        trailingComma(layout, "es5"),
      ]),
      softline,
      "]",
    ],
    { broken: isListOfRecords(elements) },
  );
}

/** Several objects, or several arrays, of more than one entry each stand on lines of their own. */
function isListOfRecords(elements: readonly Expression[]): boolean {
  const kind = elements[0]?.kind;
  return (
    elements.length > 1 &&
    elements.every(
      (element) =>
        element.kind === kind &&
        ((element.kind === "object" && element.properties.length > 1) ||
          (element.kind === "array" && element.elements.length > 1)),
    )
  );
}

export function trailingComma(layout: Layout, level: "es5" | "all"): Doc {
  const wanted =
    layout.trailingComma === "all" || (level === "es5" && layout.trailingComma === "es5");
  return wanted ? ifBreak(",") : "";
}

// ---- calls

function callDoc(call: Call, layout: Layout): Doc {
  if (call.callee.kind === "member") return chainDoc(call, layout).doc;
  const contents: Doc = [
    expressionDoc(call.callee, layout),
    call.typeArgument === null ? "" : typeArguments([call.typeArgument], layout),
    argumentsDoc(call.args, layout),
  ];
  return call.callee.kind === "call" ? group(contents) : contents;
}

function argumentsDoc(args: readonly Expression[], layout: Layout): Doc {
  const last = args.at(-1);
  if (last === undefined) return "()";
  const docs = args.map((arg) => expressionDoc(arg, layout));
  const separated = docs.map((doc, index) => (index === docs.length - 1 ? doc : [doc, ",", line]));
  const allBroken = group(
    ["(", indent([line, ...separated]), trailingComma(layout, "all"), line, ")"],
    {
      broken: true,
    },
  );
  if (isExpandable(last) && args.at(-2)?.kind !== last.kind) {
    // The last argument may break alone, with the others on the first line.
    const heads = separated.slice(0, -1);
    const lastDoc =
      last.kind === "arrow" ? arrowDoc(last, layout, true) : expressionDoc(last, layout);
    if (heads.some(willBreak)) return allBroken;
    const hugged: Doc = ["(", ...heads, group(lastDoc, { broken: true }), ")"];
    if (willBreak(lastDoc)) return group(firstThatFits([hugged, allBroken]), { broken: true });
    return firstThatFits([["(", ...heads, lastDoc, ")"], hugged, allBroken]);
  }
  return group(
    ["(", indent([softline, ...separated]), trailingComma(layout, "all"), softline, ")"],
    {
      broken: docs.some(willBreak),
    },
  );
}

function isExpandable(arg: Expression): boolean {
  return (
    (arg.kind === "arrow" && arg.body.kind === "call") ||
    (arg.kind === "object" && arg.properties.length > 0) ||
    (arg.kind === "array" && arg.elements.length > 0)
  );
}

// ---- chains of calls: z.string().min(1).max(80)

type Chain = {
  readonly doc: Doc;
  /** Long enough to break at its dots. */
  readonly isChain: boolean;
};

/** A link is a run of names with the call that follows it: `.string()`, `.min(1)`. */
export function chainDoc(call: Call, layout: Layout): Chain {
  const links: Doc[] = [];
  const calls: Call[] = [];
  let head: Expression = call;
  while (head.kind === "call" && head.callee.kind === "member") {
    calls.unshift(head);
    links.unshift([
      ".",
      head.callee.property,
      head.typeArgument === null ? "" : typeArguments([head.typeArgument], layout),
      argumentsDoc(head.args, layout),
    ]);
    head = head.callee.object;
  }
  const headDoc = expressionDoc(head, layout);
  const oneLine: Doc = [headDoc, ...links];
  // A head that looks like a class or a bare `$` keeps its first link.
  const kept = head.kind === "identifier" && /^[A-Z]|^[$_]+$/.test(head.name) ? 1 : 0;
  if (links.length <= 1 + kept) return { doc: group(oneLine), isChain: false };

  const expanded: Doc = [
    headDoc,
    ...links.slice(0, kept),
    indent([hardline, join(hardline, links.slice(kept))]),
  ];
  const mustBreak =
    (calls.length > 2 && calls.some(({ args }) => !args.every((arg) => isSimple(arg, 2)))) ||
    links.slice(0, -1).some(willBreak);
  if (mustBreak) return { doc: group(expanded), isChain: true };
  const either = firstThatFits([oneLine, expanded]);
  return { doc: willBreak(oneLine) ? group(either, { broken: true }) : either, isChain: true };
}

/** Whether an argument is too simple to break a chain for it; calls count by how deep they nest. */
function isSimple(expression: Expression, depth: number): boolean {
  if (depth <= 0) return false;
  switch (expression.kind) {
    case "identifier":
    case "string":
    case "number":
    case "boolean":
    case "null":
      return true;
    case "object":
      return expression.properties.every(
        ({ name, value, shorthand }) =>
          name !== "__proto__" && (shorthand || isSimple(value, depth - 1)),
      );
    case "array":
      return expression.elements.every((element) => isSimple(element, depth - 1));
    case "member":
      return isSimple(expression.object, depth);
    case "call":
      return (
        isSimple(expression.callee, depth) &&
        expression.args.length <= depth &&
        expression.args.every((arg) => isSimple(arg, depth - 1))
      );
    case "arrow":
      return false;
    default:
      return assertNever(expression);
  }
}

/** A finite number, as JavaScript and prettier print it. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

// ---- makers

export const identifier = (name: Identifier): Expression => ({ kind: "identifier", name });
export const string = (value: string): Expression => ({ kind: "string", value });
export const number = (value: number): Expression => ({ kind: "number", value });
export const boolean = (value: boolean): Expression => ({ kind: "boolean", value });
export const array = (elements: readonly Expression[]): Expression => ({ kind: "array", elements });
export const object = (properties: readonly Property[]): Expression => ({
  kind: "object",
  properties,
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
  };
}

/** `object.name(args)` */
export function method(target: Expression, name: Identifier, ...args: readonly Expression[]): Call {
  return call({ kind: "member", object: target, property: name }, ...args);
}
