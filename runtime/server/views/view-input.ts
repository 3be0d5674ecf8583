import type { Refusal } from "../answer/refusal.js";
import type { Issues } from "../values/issues.js";
import { getOwn, isRecord, setOwn, type Plain } from "../values/own.js";
import type { Found } from "./route-table.js";
import type { ViewBody } from "./view-body.js";

/** Path params and all else, read apart, as one input in declared order. */
export function toViewInput(
  { view, params }: Found,
  body: Exclude<ViewBody, { refusal: Refusal }>,
  issues: Issues,
): Plain {
  const inPath = view.pathInput.coerceFields(params, issues);
  const other =
    "json" in body
      ? view.otherInput.parse(body.json, issues)
      : view.otherInput.coerceForm(body.form, issues);
  const input: Plain = {};
  for (const name of view.fn.input.fields.keys()) {
    const part = view.pathInput.fields.has(name) ? inPath : other;
    setOwn(input, name, isRecord(part) ? getOwn(part, name) : undefined);
  }
  return input;
}
