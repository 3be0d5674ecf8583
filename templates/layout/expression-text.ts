/**
 * Expressions on one line, and what must stand on several.
 *
 * A text that is longer than any line is cut off: it will not be printed, and what it is cut off from costs
 * nothing that way, however large the expression is.
 */
import { assertNever } from "../../ir/assert-never.js";
import { printKeys, stringLiteral } from "../text.js";
import type { Call, Compound, Expression, Property } from "./expressions.js";
import type { Layout } from "./layout.js";
import { typeArgumentsText } from "./type-text.js";

/**
 * What an expression is on one line. A long one is asked for it once for each expression around it, and by
 * each form that they might take: without this note, five times on average, in a fifth of the time that a
 * large contract takes to plan.
 */
export type FlatText = {
  /** Whose text this is: a copy with something changed carries the note of its original. */
  readonly of: Compound;
  readonly layout: Layout;
  readonly text: string | null;
};

/** The expression on one line, or null where something in it must break. */
export function expressionText(expression: Expression, layout: Layout): string | null {
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
    case "member": {
      const target = expressionText(expression.object, layout);
      return target === null ? null : `${target}.${expression.property}`;
    }
    case "call":
    case "object":
    case "array":
    case "arrow": {
      const known = expression.flat;
      if (known?.of === expression && known.layout === layout) return known.text;
      const text = compoundText(expression, layout);
      expression.flat = { of: expression, layout, text };
      return text;
    }
    default:
      return assertNever(expression);
  }
}

function compoundText(expression: Compound, layout: Layout): string | null {
  switch (expression.kind) {
    case "call":
      return callText(expression, layout);
    case "object":
      return objectText(expression.properties, layout);
    case "array": {
      const items = isListOfRecords(expression.elements)
        ? null
        : joinTexts(expression.elements, layout);
      return items === null ? null : `[${items}]`;
    }
    case "arrow": {
      const body = expressionText(expression.body, layout);
      return body === null ? null : `${parameterText(expression.param, layout)} => ${body}`;
    }
    default:
      return assertNever(expression);
  }
}

function callText(call: Call, layout: Layout): string | null {
  if (mustBreakAtDots(call)) return null;
  const callee = expressionText(call.callee, layout);
  const args = argumentsText(call.args, layout);
  if (callee === null || args === null) return null;
  const typed = call.typeArgument === null ? "" : typeArgumentsText([call.typeArgument], layout);
  return (call.pure ? pureMark : "") + callee + typed + args;
}

export const pureMark = "/* @__PURE__ */ ";

export function argumentsText(args: readonly Expression[], layout: Layout): string | null {
  const items = joinTexts(args, layout);
  return items === null ? null : `(${items})`;
}

function joinTexts(expressions: readonly Expression[], layout: Layout): string | null {
  let joined = "";
  for (let index = 0; index < expressions.length; index++) {
    const expression = expressions[index];
    const text = expression === undefined ? "" : expressionText(expression, layout);
    if (text === null) return null;
    joined += index === 0 ? text : `, ${text}`;
    if (joined.length > longest(layout)) {
      return expressions.slice(index + 1).some(mustBreak) ? null : joined;
    }
  }
  return joined;
}

/** In UTF-16 units, of which even an emoji of several parts has not many more than columns. */
function longest({ printWidth }: Layout): number {
  return 2 * printWidth;
}

function objectText(properties: readonly Property[], layout: Layout): string | null {
  if (properties.length === 0) return "{}";
  const keys = printKeys(properties, layout);
  let joined = "";
  for (let index = 0; index < properties.length; index++) {
    const property = properties[index];
    const text = property === undefined ? "" : propertyText(property, keys[index] ?? "", layout);
    if (text === null) return null;
    joined += index === 0 ? text : `, ${text}`;
    if (joined.length > longest(layout)) {
      return properties.slice(index + 1).some(({ value: rest }) => mustBreak(rest)) ? null : joined;
    }
  }
  return layout.bracketSpacing ? `{ ${joined} }` : `{${joined}}`;
}

export function propertyText(
  property: Property,
  printedKey: string,
  layout: Layout,
): string | null {
  const value = expressionText(property.value, layout);
  if (value === null || property.shorthand) return value;
  return `${keyText(property, printedKey, layout)}: ${value}`;
}

/** A plain `__proto__: x` would set the prototype instead of a property. */
export function keyText({ name }: Property, printedKey: string, layout: Layout): string {
  return name === "__proto__" ? `[${stringLiteral(name, layout)}]` : printedKey;
}

export function parameterText(param: string | null, layout: Layout): string {
  if (param === null) return "()";
  return layout.arrowParens === "avoid" ? param : `(${param})`;
}

/** A finite number, as JavaScript and prettier print it. */
function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value).replace("e+", "e");
}

// ---- what must break

/** Whether something in an expression breaks whatever the width. */
function mustBreak(expression: Expression): boolean {
  switch (expression.kind) {
    case "member":
      return mustBreak(expression.object);
    case "call":
      return (
        mustBreakAtDots(expression) ||
        mustBreak(expression.callee) ||
        expression.args.some(mustBreak)
      );
    case "object":
      return expression.properties.some(({ value }) => mustBreak(value));
    case "array":
      return isListOfRecords(expression.elements) || expression.elements.some(mustBreak);
    case "arrow":
      return mustBreak(expression.body);
    default:
      return false;
  }
}

/** Several objects, or several arrays, of more than one entry each stand on lines of their own. */
function isListOfRecords(elements: readonly Expression[]): boolean {
  const kind = elements[0]?.kind;
  if (elements.length < 2 || (kind !== "object" && kind !== "array")) return false;
  return elements.every(
    (element) =>
      element.kind === kind &&
      ((element.kind === "object" && element.properties.length > 1) ||
        (element.kind === "array" && element.elements.length > 1)),
  );
}

/** A link is a run of names with the call that follows it: `.string()`, `.check(…)`. */
export function linksOf(call: Call): {
  readonly head: Expression;
  readonly links: readonly Call[];
} {
  const links: Call[] = [];
  let head: Expression = call;
  while (head.kind === "call" && head.callee.kind === "member") {
    links.unshift(head);
    head = head.callee.object;
  }
  return { head, links };
}

/** A head that looks like a class or a bare `$` keeps its first link. */
export function keptLinks(head: Expression): number {
  return head.kind === "identifier" && /^[A-Z]|^[$_]+$/.test(head.name) ? 1 : 0;
}

/** Whether a call has enough links to break at its dots. */
export function isLongChain(call: Call): boolean {
  if (call.callee.kind !== "member") return false;
  const { head, links } = linksOf(call);
  return links.length > 1 + keptLinks(head);
}

export function mustBreakAtDots(call: Call): boolean {
  if (call.callee.kind !== "member" || call.callee.object.kind !== "call") return false;
  const { head, links } = linksOf(call);
  if (links.length <= 2 || links.length <= 1 + keptLinks(head)) return false;
  return links.some(({ args }) => !args.every((arg) => isSimple(arg, 2)));
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
