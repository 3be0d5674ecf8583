/** A merge that no client can ever apply is only a slower way to refetch. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Field, Fn } from "../model/canonical.js";
import { isEffectUncertain, type Surroundings } from "./facts.js";

/**
 * A client applies a merge to an instance only if the merge names every param of the slot's function, but
 * for those that are nullable, have no default and are absent there (runtime.md, "Which instances an effect
 * reaches"), and but for what tells the pages of one list apart where an element is merged into it.
 */
export function mergesNameTheirSlotsParams(fn: Fn, around: Surroundings): readonly Diagnostic[] {
  return fn.merges.flatMap((merge) => {
    const slot = merge.slot === null ? undefined : around.functions.get(merge.slot);
    const missing = slot?.input.find(
      (field) =>
        mustBeNamed(field) &&
        !merge.params.some(({ param }) => param === field.name) &&
        !(merge.op !== "replace" && tellsPagesApart(field, slot)),
    );
    if (slot === undefined || missing === undefined) return [];
    const context = around.contexts.get(merge.context);
    if (context === undefined || isEffectUncertain(fn, context, around)) return [];
    return [
      report(
        "MZ5032",
        { span: merge.span, text: `does not say which \`${missing.name}\`` },
        { function: fn.name, slot: slot.name, param: missing.name },
        {
          related: [{ span: missing.place.name, text: "asked for here" }],
          help: helpFor(fn, merge.context, missing.name, around),
        },
      ),
    ];
  });
}

/** Where the param could come from, if the function has something of its name. */
function helpFor(fn: Fn, context: string, param: string, { types }: Surroundings): string {
  const answered = fn.output?.kind === "ref" ? types.get(fn.output.type)?.fields : undefined;
  const has = (fields: readonly Field[] | undefined): boolean =>
    fields?.some((field) => field.name === param) ?? false;
  const source = has(fn.input) ? "input" : has(answered) ? "result" : null;
  return source === null
    ? `give \`${fn.name}\` the input, or write \`affects ${context}\``
    : `name it: \`merge ${context} ${param}=${source}.${param}\`, or write \`affects ${context}\``;
}

function tellsPagesApart({ name }: Field, { paginate }: Fn): boolean {
  return name === paginate?.cursor || name === paginate?.limit;
}

function mustBeNamed(field: Field): boolean {
  return !(field.shape.kind === "optional" && field.default === null);
}
