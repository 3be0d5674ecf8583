/** Expressions as documents: how they break when they do not fit on a line. */
import { assertNever } from "../../ir/assert-never.js";
import { printKeys } from "../text.js";
import { assignmentDoc } from "./assignment.js";
import {
  bracketed,
  firstThatFits,
  hardline,
  ifBreak,
  indent,
  join,
  lazyGroup,
  line,
  softline,
  willBreak,
  type Doc,
} from "./doc.js";
import { keptRun } from "./elements.js";
import {
  argumentsText,
  expressionText,
  isLongChain,
  keptLinks,
  keyText,
  linksOf,
  mustBreakAtDots,
  parameterText,
  propertyText,
  pureMark,
} from "./expression-text.js";
import type { Call, Expression, Property } from "./expressions.js";
import type { Layout } from "./layout.js";
import { typeArguments } from "./type-doc.js";
import { textWidth } from "./width.js";

export function expressionDoc(expression: Expression, layout: Layout): Doc {
  const text = expressionText(expression, layout);
  return isAtom(expression)
    ? (text ?? "")
    : lazyGroup(text, () => brokenExpression(expression, layout));
}

/** What cannot break. */
function isAtom(expression: Expression): boolean {
  switch (expression.kind) {
    case "object":
      return expression.properties.length === 0;
    case "array":
      return expression.elements.length === 0;
    case "call":
    case "member":
    case "arrow":
      return false;
    default:
      return true;
  }
}

function brokenExpression(expression: Expression, layout: Layout): Doc {
  switch (expression.kind) {
    case "identifier":
    case "string":
    case "number":
    case "boolean":
    case "null":
      return expressionText(expression, layout) ?? "";
    case "member":
      return [expressionDoc(expression.object, layout), ".", expression.property];
    case "call":
      return [expression.pure ? pureMark : "", brokenCall(expression, layout)];
    case "object":
      return brokenObject(expression.properties, layout);
    case "array":
      return bracketed("[", () => elementDocs(expression, layout), "]", {
        edge: "",
        separator: ",",
        trailing: itemComma(layout),
      });
    case "arrow":
      return brokenArrow(expression, layout, false);
    default:
      return assertNever(expression);
  }
}

function elementDocs(list: Expression & { kind: "array" }, layout: Layout): readonly Doc[] {
  const { elements, kept } = list;
  const toDoc = (element: Expression): Doc => expressionDoc(element, layout);
  if (kept === undefined) return elements.map(toDoc);
  const last = kept.runs.length - 1;
  return kept.runs.map((run, index) =>
    keptRun(run, toDoc, index < last ? "," : itemComma(layout), kept.texts, layout),
  );
}

type Arrow = Extract<Expression, { kind: "arrow" }>;

/** `hugged`: it is the last argument of a call and breaks alone, so the closing bracket needs its own line. */
function brokenArrow({ param, body }: Arrow, layout: Layout, hugged: boolean): Doc {
  const text = parameterText(param, layout);
  const params =
    param === null || layout.arrowParens === "avoid"
      ? text
      : lazyGroup(text, () =>
          bracketed("(", () => [param], ")", {
            edge: "",
            separator: ",",
            trailing: argumentComma(layout),
          }),
        );
  const bodyText = expressionText(body, layout);
  const afterArrow = lazyGroup(bodyText === null ? null : ` ${bodyText}`, () => [
    indent([line, expressionDoc(body, layout)]),
    hugged ? [ifBreak(argumentComma(layout)), softline] : "",
  ]);
  return [params, " =>", afterArrow];
}

// ---- objects

function brokenObject(properties: readonly Property[], layout: Layout): Doc {
  const members = (): readonly Doc[] => {
    const keys = printKeys(properties, layout);
    return properties.map((each, index) => propertyDoc(each, keys[index] ?? "", layout));
  };
  return bracketed("{", members, "}", {
    edge: layout.bracketSpacing ? " " : "",
    separator: ",",
    trailing: itemComma(layout),
  });
}

function propertyDoc(property: Property, printedKey: string, layout: Layout): Doc {
  if (property.shorthand) return expressionDoc(property.value, layout);
  return lazyGroup(propertyText(property, printedKey, layout), () => {
    const left = keyText(property, printedKey, layout);
    // Breaking after a very short key would gain nothing.
    const hasShortKey = textWidth(left) < layout.tabWidth + 3;
    return assignmentDoc({ left, operator: ":", right: property.value, hasShortKey }, layout);
  });
}

/** The comma after the last of several lines of items, and of arguments. */
export function itemComma(layout: Layout): "" | "," {
  return layout.trailingComma === "none" ? "" : ",";
}

export function argumentComma(layout: Layout): "" | "," {
  return layout.trailingComma === "all" ? "," : "";
}

// ---- calls

function brokenCall(call: Call, layout: Layout): Doc {
  if (call.callee.kind === "member") return brokenChain(call, layout);
  return [
    expressionDoc(call.callee, layout),
    call.typeArgument === null ? "" : typeArguments([call.typeArgument], layout),
    argumentsDoc(call.args, layout),
  ];
}

function argumentsDoc(args: readonly Expression[], layout: Layout): Doc {
  const last = args.at(-1);
  if (last === undefined) return "()";
  const text = argumentsText(args, layout);
  const docs = (): readonly Doc[] => args.map((arg) => expressionDoc(arg, layout));
  const brackets = (): Doc =>
    bracketed("(", docs, ")", { edge: "", separator: ",", trailing: argumentComma(layout) });
  if (!isExpandable(last) || args.at(-2)?.kind === last.kind) return lazyGroup(text, brackets);

  // The last argument may break alone, with the others on the first line.
  const allBroken = lazyGroup(null, brackets);
  const heads = args.slice(0, -1).map((arg) => expressionDoc(arg, layout));
  if (heads.some(willBreak)) return allBroken;
  return firstThatFits(text, text === null, () => {
    const lastDoc =
      last.kind === "arrow"
        ? lazyGroup(expressionText(last, layout), () => brokenArrow(last, layout, true))
        : expressionDoc(last, layout);
    const before = heads.flatMap((head) => [head, ", "]);
    const hugged: Doc = ["(", before, lazyGroup(null, () => lastDoc), ")"];
    return text === null ? [hugged, allBroken] : [text, hugged, allBroken];
  });
}

function isExpandable(arg: Expression): boolean {
  return (
    (arg.kind === "arrow" && arg.body.kind === "call") ||
    (arg.kind === "object" && arg.properties.length > 0) ||
    (arg.kind === "array" && arg.elements.length > 0)
  );
}

/** `z.string().check(z.minLength(1))`: at its dots, if it has enough of them. */
function brokenChain(call: Call, layout: Layout): Doc {
  const { head, links } = linksOf(call);
  const headDoc = expressionDoc(head, layout);
  const linkDocs = links.map((link) => linkDoc(link, layout));
  const oneLine: Doc = [headDoc, ...linkDocs];
  if (!isLongChain(call)) return oneLine;

  const kept = keptLinks(head);
  const expanded: Doc = [
    headDoc,
    linkDocs.slice(0, kept),
    indent([hardline, join([hardline], linkDocs.slice(kept))]),
  ];
  if (mustBreakAtDots(call) || linkDocs.slice(0, -1).some(willBreak)) return expanded;
  const text = expressionText({ ...call, pure: false }, layout);
  return firstThatFits(text, text === null, () => [oneLine, expanded]);
}

function linkDoc({ callee, typeArgument, args }: Call, layout: Layout): Doc {
  return [
    callee.kind === "member" ? `.${callee.property}` : "",
    typeArgument === null ? "" : typeArguments([typeArgument], layout),
    argumentsDoc(args, layout),
  ];
}
