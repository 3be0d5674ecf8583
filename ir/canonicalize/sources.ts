/** Where the params and keys of an effect come from: a path into the input or the result of its function. */
import { report } from "../diagnostics/catalogue.js";
import type { Field, Shape, Source } from "../model/canonical.js";
import type { Span } from "../source/source.js";
import { fieldOf, shapeKey, shapeWords } from "./shapes.js";
import { withoutOptional } from "../shapes.js";
import type { FieldsOf } from "./structure.js";
import { didYouMean, listed, type Suggest } from "./suggest.js";
import type { Out } from "./symbols.js";

/** What a source can look into. */
export type Scope = {
  readonly name: string;
  readonly input: readonly Field[];
  /** Whether part of the input is unknown. */
  readonly inputLost: boolean;
  readonly output: Shape | null;
};

/**
 * The shape that a source names. Null where it names none, which is reported; an error shape where something
 * on its way is at fault already.
 */
export function resolveSource(
  source: Source,
  span: Span,
  scope: Scope,
  fieldsOf: FieldsOf,
  suggest: Suggest,
  out: Out,
): Shape | null {
  let shape: Shape | null = null;
  let fields: readonly Field[] | null = scope.input;
  if (source.from === "result") {
    if (scope.output === null) {
      return reportUnknown(source, span, scope, "the function answers nothing", out);
    }
    shape = withoutOptional(scope.output);
    fields = shape.kind === "ref" ? fieldsOf(shape.type) : null;
  }
  for (const part of source.path) {
    if (shape?.kind === "error") return shape;
    const field: Field | undefined = fields === null ? undefined : fieldOf(fields, part);
    if (field === undefined) {
      if (shape === null && scope.inputLost) return { kind: "error" };
      const names = (fields ?? []).map(({ name }) => name);
      const near = didYouMean(suggest(part, names));
      const known = names.length === 0 ? null : `there is ${listed(names)}`;
      const none = shape === null ? "there are no inputs" : `${shapeWords(shape)} has no fields`;
      return reportUnknown(source, span, scope, near ?? known ?? none, out);
    }
    shape = withoutOptional(field.shape);
    fields = shape.kind === "ref" ? fieldsOf(shape.type) : null;
  }
  return shape;
}

function reportUnknown(source: Source, span: Span, scope: Scope, help: string, out: Out): null {
  const facts = { source: sourceText(source), function: scope.name };
  out.push(report("MZ5009", { span, text: "names nothing" }, facts, { help }));
  return null;
}

/** `input.user_id`. */
function sourceText(source: Source): string {
  return [source.from, ...source.path].join(".");
}

/** Whether a value of one shape can stand where the other is expected, null aside. */
export function fits(value: Shape, expected: Shape): boolean {
  const from = withoutOptional(value);
  const to = withoutOptional(expected);
  if (from.kind === "error" || to.kind === "error" || from.kind === "json") return true;
  if (from.kind === "integer" && to.kind === "number") return true;
  if (isText(from) && isText(to)) return true;
  return shapeKey(from) === shapeKey(to) || sameUnionArm(from, to);
}

/** Text of any kind: what is compared is its word. */
function isText(shape: Shape): boolean {
  return shape.kind === "string" || shape.kind === "enum";
}

function sameUnionArm(from: Shape, to: Shape): boolean {
  return to.kind === "union" && to.members.some((member) => fits(from, member));
}

/** Reports a source whose type does not fit what it fills. */
export function checkFit(
  value: Shape,
  expected: { readonly name: string; readonly shape: Shape },
  source: Source,
  span: Span,
  scope: Scope,
  out: Out,
): void {
  if (fits(value, expected.shape)) return;
  const others = scope.input.filter(({ shape }) => fits(shape, expected.shape));
  const fitting = listed(others.map(({ name }) => `input.${name}`));
  out.push(
    report(
      "MZ5010",
      { span, text: `this is ${shapeWords(value)}` },
      {
        target: expected.name,
        expected: shapeWords(withoutOptional(expected.shape)),
        source: sourceText(source),
        found: shapeWords(value),
      },
      { help: fitting === null ? null : `of that type there is ${fitting}` },
    ),
  );
}
