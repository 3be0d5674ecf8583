/** The contract as a client may know it: what `<client>/testing.ts` is made of mentions no private function. */
import type { Affect, Canonical, Fn, Merge } from "../../ir/model/canonical.js";

/** `printed`: the types that a client has; others are of private functions. */
export function toPublic(canonical: Canonical, printed: ReadonlySet<string>): Canonical {
  const functions = canonical.functions.filter((fn) => !fn.private);
  const visible = new Set(functions.map(({ name }) => name));
  const contextOf = new Map(canonical.functions.map(({ name, context }) => [name, context]));
  const met = new Set(functions.flatMap(({ errors }) => errors));

  /** A client that hears of a slot which it does not know reads the context anew. */
  const toKnown = (affect: Affect): readonly Affect[] => {
    if (affect.kind !== "function" || visible.has(affect.function)) return [affect];
    const context = contextOf.get(affect.function) ?? null;
    return context === null
      ? []
      : [{ kind: "context", context, scope: "all", params: [], span: affect.span }];
  };
  const toKnownSlot = (merge: Merge): Merge =>
    merge.slot === null || visible.has(merge.slot) ? merge : { ...merge, slot: null };

  return {
    ...canonical,
    functions: functions.map((fn): Fn => ({
      ...fn,
      affects: fn.affects.flatMap(toKnown),
      merges: fn.merges.map(toKnownSlot),
    })),
    contexts: canonical.contexts.map((context) => ({
      ...context,
      functions: context.functions.filter((name) => visible.has(name)),
      params: context.params.filter(({ sharedBy }) => sharedBy.some((name) => visible.has(name))),
    })),
    types: canonical.types.filter(({ name }) => printed.has(name)),
    enums: canonical.enums.filter(({ name }) => printed.has(name)),
    errors: canonical.errors.filter(({ name }) => met.has(name)),
    views: [],
    channels: [],
  };
}
