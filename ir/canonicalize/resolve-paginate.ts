/** What `paginate` names: inputs, fields of the output and of its elements. */
import { report } from "../diagnostics/catalogue.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import type { Field, Shape } from "../model/canonical.js";
import { describeShape, withoutOptional } from "../shapes.js";
import { fieldOf, shapeWords } from "./shapes.js";
import { fits } from "./sources.js";
import type { FieldsOf } from "./structure.js";
import { didYouMean, listed, type Suggest } from "./suggest.js";
import type { Out } from "./symbols.js";

/** The function that it stands in, and what its names are looked up in. */
export type Paginated = {
  readonly name: contract.Name;
  readonly input: readonly Field[];
  /** Whether part of the input is unknown. */
  readonly inputLost: boolean;
  readonly output: Shape | null;
  readonly outputSpan: canonical.Fn["outputSpan"];
  readonly fieldsOf: FieldsOf;
  readonly suggest: Suggest;
};

/** Null where something does not fit, which is reported. */
export function resolvePaginate(
  written: contract.Paginate,
  fn: Paginated,
  out: Out,
): canonical.Paginate | null {
  const cursor = resolveInput(written.cursor, "cursor", fn, out);
  const limit = resolveInput(written.limit, "limit", fn, out);
  const fields = fieldsOfPage(written, fn, out);
  const items = fields === null ? null : resolveItems(written, fields, fn, out);
  const next = fields === null ? null : resolveNext(written, fields, fn, cursor, out);
  const by = items === null ? null : resolveKey(written, items, fn, out);
  const isWhole = cursor !== null && items !== null && next !== null && by !== null;
  if (!isWhole || (limit === null && written.limit !== null)) return null;
  return {
    cursor: cursor.name,
    limit: limit?.name ?? null,
    items: items.name,
    element: items.element,
    next: next.name,
    by,
    span: written.span,
  };
}

// ---- inputs

function resolveInput(
  name: contract.Name | null,
  role: "cursor" | "limit",
  fn: Paginated,
  out: Out,
): Field | null {
  if (name === null) return null;
  const { text: input, span } = name;
  const field = fieldOf(fn.input, input);
  if (field === undefined) {
    if (fn.inputLost) return null;
    const names = fn.input.map((one) => one.name);
    const known = listed(names);
    const help = didYouMean(fn.suggest(input, names)) ?? (known && `it has ${known}`);
    const facts = { function: fn.name.text, input };
    const more = help === null ? `add the input \`${input}\`` : help;
    out.push(report("MZ4047", { span, text: "unknown input" }, facts, { help: more }));
    return null;
  }
  const misfit = role === "cursor" ? whyNoCursor(field) : whyNoLimit(field);
  if (misfit === null) return field;
  if (misfit !== unknown) {
    const facts = { input, role, function: fn.name.text, reason: misfit.reason };
    const related = [{ span: field.place.name, text: "declared here" }];
    const { help } = misfit;
    out.push(report("MZ4048", { span, text: `no ${role}` }, facts, { related, help }));
  }
  return null;
}

type Misfit = { readonly reason: string; readonly help: string };

/** What is wrong has been reported already. */
const unknown: Misfit = { reason: "", help: "" };

function whyNoCursor({ name, shape, omittable, default: value }: Field): Misfit | null {
  const inner = withoutOptional(shape);
  if (inner.kind === "error") return unknown;
  if (inner.kind !== "string" && inner.kind !== "integer" && inner.kind !== "number") {
    const reason = `it is ${shapeWords(inner)}`;
    return { reason, help: "a cursor is a text or a number" };
  }
  if (value !== null && value.kind !== "null") {
    const reason = "it has a default, and the first page is asked for without";
    return { reason, help: `write \`${name} ${describeShape(inner)}?\`` };
  }
  if (!omittable) {
    const reason = "it is required, and the first page is asked for without";
    return { reason, help: `let it be left out: \`${name}=${describeShape(inner)}?\`` };
  }
  return null;
}

function whyNoLimit({ shape }: Field): Misfit | null {
  const inner = withoutOptional(shape);
  if (inner.kind === "error") return unknown;
  if (inner.kind === "integer") return null;
  return { reason: `it is ${shapeWords(inner)}`, help: "a limit is an `integer`" };
}

// ---- the page

const exampleOfPage = "answer a struct, like `type Posts { items list<Post>; next string? }`";

/** The fields of the output; null, reported, where it is no struct. */
function fieldsOfPage(
  { span }: contract.Paginate,
  fn: Paginated,
  out: Out,
): readonly Field[] | null {
  const { output } = fn;
  if (output?.kind === "error") return null;
  if (output?.kind === "ref") return fn.fieldsOf(output.type);
  const reason =
    output === null
      ? "it answers nothing"
      : output.kind === "list"
        ? "a list alone does not say whether there is more"
        : output.kind === "optional"
          ? "its answer may be null"
          : `it answers ${shapeWords(output)}`;
  reportNoPage(fn.outputSpan ?? span, "no page", reason, exampleOfPage, fn, out);
  return null;
}

function reportNoPage(
  span: contract.Name["span"],
  text: string,
  reason: string,
  help: string,
  fn: Paginated,
  out: Out,
): void {
  out.push(report("MZ4049", { span, text }, { function: fn.name.text, reason }, { help }));
}

type Items = { readonly name: string; readonly element: string };

function resolveItems(
  { items: name, span }: contract.Paginate,
  fields: readonly Field[],
  fn: Paginated,
  out: Out,
): Items | null {
  if (name !== null) {
    const field = namedField(name, fields, fn, out);
    if (field === null) return null;
    const found = toItems(field);
    if (found !== null || hasError(field.shape)) return found;
    const reason = `\`${field.name}\` is ${shapeWords(field.shape)}`;
    reportNoPage(name.span, "no elements", reason, "elements are a list of structs", fn, out);
    return null;
  }
  const lists = fields.flatMap((field) => toItems(field) ?? []);
  const [only, second] = lists;
  if (only !== undefined && second === undefined) return only;
  if (fields.some(({ shape }) => hasError(shape))) return null;
  if (only === undefined) {
    reportNoPage(span, "of what?", "it has no list of structs", exampleOfPage, fn, out);
  } else {
    const help = `say which: ${lists.map((list) => `\`items=${list.name}\``).join(" or ")}`;
    reportNoPage(span, "of what?", "it has several lists of structs", help, fn, out);
  }
  return null;
}

function toItems({ name, shape }: Field): Items | null {
  return shape.kind === "list" && shape.item.kind === "ref"
    ? { name, element: shape.item.type }
    : null;
}

function hasError(shape: Shape): boolean {
  return shape.kind === "error" || (shape.kind === "list" && shape.item.kind === "error");
}

function resolveNext(
  { next: name, span }: contract.Paginate,
  fields: readonly Field[],
  fn: Paginated,
  cursor: Field | null,
  out: Out,
): Field | null {
  const type = cursor === null ? "string" : typeText(cursor);
  const add = name === null ? `add the field \`next ${type}?\`` : null;
  const field = namedField(name ?? { text: "next", span }, fields, fn, out, add);
  if (field === null || hasError(withoutOptional(field.shape))) return null;
  const misfit =
    field.shape.kind !== "optional"
      ? { reason: "it is never null, and on the last page there is none", help: "let it be null: " }
      : cursor !== null && !fits(field.shape, cursor.shape)
        ? {
            reason: `it is \`${typeText(field)}\`, and \`${cursor.name}\` is \`${typeText(cursor)}\``,
            help: "give both one type: ",
          }
        : null;
  if (misfit === null) return field;
  out.push(
    report(
      "MZ4051",
      { span: name?.span ?? span, text: "asked for here" },
      { next: field.name, reason: misfit.reason },
      {
        related: [{ span: field.typeSpan, text: "declared here" }],
        help: `${misfit.help}\`${field.name} ${typeText(cursor ?? field)}?\``,
      },
    ),
  );
  return null;
}

/** What the field is when it is not null. */
function typeText({ shape }: Field): string {
  return describeShape(withoutOptional(shape));
}

function namedField(
  { text: field, span }: contract.Name,
  fields: readonly Field[],
  fn: Paginated,
  out: Out,
  add: string | null = null,
): Field | null {
  const found = fieldOf(fields, field);
  if (found !== undefined) return found;
  const names = fields.map(({ name }) => name);
  const help = didYouMean(fn.suggest(field, names)) ?? add ?? listed(names);
  const facts = { function: fn.name.text, field };
  out.push(report("MZ4050", { span, text: "no such field" }, facts, { help }));
  return null;
}

function resolveKey(
  { by }: contract.Paginate,
  items: Items,
  fn: Paginated,
  out: Out,
): string | null {
  const fields = fn.fieldsOf(items.element);
  if (by === null || fields === null) return null;
  if (fieldOf(fields, by.text) !== undefined) return by.text;
  const names = fields.map(({ name }) => name);
  const help = didYouMean(fn.suggest(by.text, names)) ?? listed(names);
  const facts = { slot: fn.name.text, field: by.text };
  out.push(report("MZ5006", { span: by.span, text: "no field" }, facts, { help }));
  return null;
}
