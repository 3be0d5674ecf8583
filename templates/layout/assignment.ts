/** Where `left = right` and `key: value` break: prettier chooses among a few forms, by what stands right. */
import {
  canBreak,
  flatText,
  group,
  indent,
  indentIfBreak,
  lazyGroup,
  line,
  type Doc,
} from "./doc.js";
import { expressionDoc } from "./expression-doc.js";
import { isLongChain } from "./expression-text.js";
import type { Expression } from "./expressions.js";
import type { Layout } from "./layout.js";
import { stringLiteral } from "../text.js";

export type Assignment = {
  readonly left: Doc;
  readonly operator: ":" | " =";
  readonly right: Expression;
  /** For an object's property: the key is too short to break after it. */
  readonly hasShortKey: boolean;
};

export function assignmentDoc(assignment: Assignment, layout: Layout): Doc {
  const { left, operator, right, hasShortKey } = assignment;
  const rightDoc = expressionDoc(right, layout);
  if (!hasShortKey && breaksAfterOperator(right, layout))
    return brokenAfterOperator(left, operator, rightDoc);
  const isWord = right.kind === "boolean" || right.kind === "number";
  if ((hasShortKey || isWord) && !canBreak(left)) {
    return lazyGroup(flatAssignment(left, operator, rightDoc), () => [
      group(left),
      operator,
      " ",
      rightDoc,
    ]);
  }
  return fluid(left, operator, rightDoc);
}

/** First after the operator, then inside the right side. */
export function brokenAfterOperator(left: Doc, operator: string, right: Doc): Doc {
  return lazyGroup(flatAssignment(left, operator, right), () => [
    group(left),
    operator,
    group(indent([line, right])),
  ]);
}

/** First inside the right side, and after the operator only where that does not suffice. */
export function fluid(left: Doc, operator: string, right: Doc): Doc {
  return lazyGroup(flatAssignment(left, operator, right), () => {
    const id = { name: "assignment" };
    return [group(left), operator, group(indent(line), id), indentIfBreak(right, id)];
  });
}

function flatAssignment(left: Doc, operator: string, right: Doc): string | null {
  const leftText = flatText(left);
  const rightText = flatText(right);
  return leftText === null || rightText === null ? null : `${leftText}${operator} ${rightText}`;
}

/** Strings, and calls with nothing in them that could break well. */
function breaksAfterOperator(right: Expression, layout: Layout): boolean {
  return right.kind === "string" || isPoorlyBreakable(right, layout, false);
}

function isPoorlyBreakable(expression: Expression, layout: Layout, inside: boolean): boolean {
  switch (expression.kind) {
    case "identifier":
      return inside;
    case "member":
      return isPoorlyBreakable(expression.object, layout, true);
    case "call": {
      if (isLongChain(expression)) return false;
      const typed = expression.typeArgument?.kind;
      if (typed === "union" || typed === "object" || typed === "map") return false;
      const [only, ...others] = expression.args;
      const poor = only === undefined || (others.length === 0 && isShort(only, layout));
      return poor && isPoorlyBreakable(expression.callee, layout, true);
    }
    default:
      return false;
  }
}

/** A lone argument of at most a quarter of the width. */
function isShort(arg: Expression, layout: Layout): boolean {
  const limit = layout.printWidth / 4;
  switch (arg.kind) {
    case "identifier":
      return arg.name.length <= limit;
    case "string":
      return stringLiteral(arg.value, layout).length <= limit;
    case "number":
    case "boolean":
    case "null":
      return true;
    case "call":
      return (
        arg.args.length === 0 &&
        arg.callee.kind === "identifier" &&
        arg.callee.name.length <= limit - 2
      );
    default:
      return false;
  }
}
