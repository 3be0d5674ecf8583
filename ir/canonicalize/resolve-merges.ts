/**
 * What each `merge` does (language.md, "Effects"): its slot, its operation, its key. A merge that is unclear
 * is an error where a person wrote it, and in a canonical function a warning, since the plain canonical form
 * cannot say more; there it counts as an effect on the context.
 */
import { report, type Code } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type * as canonical from "../model/canonical.js";
import type * as contract from "../model/contract.js";
import { fieldsOfElement, slotsWithKey, type Candidate } from "./merge-slots.js";
import type { Lookup } from "./resolve-effects.js";
import { fieldOf } from "./shapes.js";
import { checkFit, resolveSource, type Scope } from "./sources.js";
import { didYouMean, listed } from "./suggest.js";

type Outcome = Pick<canonical.Merge, "slot" | "op" | "by" | "value">;

const unclear: Outcome = { slot: null, op: "replace", by: null, value: null };

/**
 * A merge with its slot; null, reported, where its context is unknown. `isRead`: the function is read as part of
 * a context and can have no merge at all, so that nothing is said about the slot.
 */
export function resolveMerge(
  merge: contract.Merge,
  fn: contract.Fn,
  scope: Scope,
  lookup: Lookup,
  isRead: boolean,
): canonical.Merge | null {
  const context = lookup.context(merge.context, "merge");
  if (context === null) return null;
  const found: Diagnostic[] = [];
  const outcome = resolveSlot({ merge, scope, context, lookup, found });
  const scoping = lookup.params(merge.params, context, scope, ["value"]);
  // A param that is none may be what the slot lacks: `vlaue=input.id`.
  const isLost = merge.params.length > 0 && scoping.params.length < merge.params.length;
  if (!isRead && !isLost) handOn(found, merge, fn, context, lookup);
  return {
    context: context.name,
    ...outcome,
    ...scoping,
    written: { slot: merge.slot?.text ?? null, op: merge.op?.value ?? null },
    span: merge.span,
  };
}

type Task = {
  readonly merge: contract.Merge;
  readonly scope: Scope;
  readonly context: canonical.Context;
  readonly lookup: Lookup;
  readonly found: Diagnostic[];
};

function resolveSlot(task: Task): Outcome {
  const { merge } = task;
  const candidates = merge.value === null ? byResult(task) : byKey(task, merge.value);
  if (candidates === null) return unclear;
  const [first, second] = candidates;
  if (merge.slot !== null) return chosenSlot(task, candidates, merge.slot);
  if (first === undefined) return withoutSlot(task);
  if (second !== undefined) return severalSlots(task, candidates);
  return settle(task, first);
}

/** Candidates by the structure of the result; null where that is unknown. */
function byResult({ scope, context, lookup }: Task): readonly Candidate[] | null {
  if (scope.output?.kind === "error") return null;
  if (scope.output === null) return [];
  return lookup.holding(context, scope.output);
}

/** Candidates by the key that `value=` names; null, reported, where that cannot be worked out. */
function byKey(
  { merge, scope, context, lookup, found }: Task,
  value: NonNullable<contract.Merge["value"]>,
): readonly Candidate[] | null {
  if (merge.op?.value !== "remove") {
    const facts = { option: "value", reason: "only `op=remove` takes a key from elsewhere" };
    found.push(report("MZ5007", { span: value.span, text: "here" }, facts));
    return null;
  }
  if (merge.by === null) {
    const facts = { option: "value", reason: "`by=` names the field that it is the value of" };
    const help = "write `by=id`, if `id` is that field";
    found.push(report("MZ5007", { span: value.span, text: "here" }, facts, { help }));
    return null;
  }
  const key = resolveSource(
    value.source,
    value.span,
    scope,
    lookup.fieldsOf,
    lookup.suggest,
    found,
  );
  if (key === null || key.kind === "error") return null;
  return slotsWithKey(merge.by.text, key, lookup.slots(context).lists, lookup.fieldsOf);
}

/** `slot=` decides among the candidates. */
function chosenSlot(task: Task, candidates: readonly Candidate[], slot: contract.Name): Outcome {
  const { context, lookup, found } = task;
  const chosen = candidates.find((candidate) => candidate.slot === slot.text);
  if (chosen !== undefined) return settle(task, chosen);
  const { names } = lookup.slots(context);
  if (!names.includes(slot.text)) {
    if (lookup.isUnclear(context)) return unclear;
    const facts = { context: context.name, slot: slot.text };
    const help = didYouMean(lookup.suggest(slot.text, names)) ?? listed(names);
    found.push(report("MZ5011", { span: slot.span, text: "unknown slot" }, facts, { help }));
    return unclear;
  }
  return withoutSlot(task);
}

function withoutSlot(task: Task): Outcome {
  const { merge, scope, context, lookup, found } = task;
  if (lookup.isUnclear(context)) return unclear;
  const { lists } = lookup.slots(context);
  const [list] = lists;
  if (merge.value !== null && merge.by !== null && list !== undefined) {
    const facts = { slot: merge.slot?.text ?? list.slot, field: merge.by.text };
    const names = lists.flatMap(({ held }) =>
      (fieldsOfElement(held, lookup.fieldsOf) ?? []).map(({ name }) => name),
    );
    const missing = !names.includes(merge.by.text);
    if (missing) {
      const help = didYouMean(lookup.suggest(merge.by.text, names)) ?? listed([...new Set(names)]);
      found.push(report("MZ5006", { span: merge.by.span, text: "no field" }, facts, { help }));
      return unclear;
    }
    checkKey(task, merge.value, merge.by.text);
    return unclear;
  }
  const { names } = lookup.slots(context);
  const help =
    withKey(task) ??
    `its slots are ${listed(names) ?? "none"}; to have them refetched, write \`affects ${context.name}\``;
  found.push(
    report(
      "MZ5001",
      { span: merge.span, text: "no slot for it" },
      { context: context.name, function: scope.name },
      { help },
    ),
  );
  return unclear;
}

/**
 * `merge user op=remove by=id` of a function that answers nothing: the line with the key that is missing. Null
 * where no input can be it.
 */
function withKey({ merge, scope, context, lookup }: Task): string | null {
  if (merge.op?.value !== "remove" || merge.value !== null || scope.output !== null) return null;
  const lists = lookup
    .slots(context)
    .lists.filter(({ slot }) => merge.slot === null || merge.slot.text === slot);
  const keys = scope.input.flatMap(({ name, shape }) => {
    const by = merge.by?.text ?? (name.endsWith("_id") ? "id" : name);
    return slotsWithKey(by, shape, lists, lookup.fieldsOf).length === 1 ? [{ name, by }] : [];
  });
  // An input of the key's own name is the likeliest, then the only one that fits.
  const key = keys.find(({ name, by }) => name === by) ?? (keys.length === 1 ? keys[0] : undefined);
  if (key === undefined) return null;
  const words = [
    `merge ${context.name}`,
    ...(merge.slot === null ? [] : [`slot=${merge.slot.text}`]),
    `op=remove by=${key.by} value=input.${key.name}`,
    ...merge.params.map(
      ({ name, source: { from, path } }) => `${name.text}=${[from, ...path].join(".")}`,
    ),
  ];
  return `say which element goes: write \`${words.join(" ")}\``;
}

/** A key that fits no list has the wrong type: its field is there. */
function checkKey(
  { merge, scope, context, lookup, found }: Task,
  { source, span }: NonNullable<contract.Merge["value"]>,
  by: string,
): void {
  const lists = lookup
    .slots(context)
    .lists.filter(({ slot }) => merge.slot === null || merge.slot.text === slot);
  const field = lists
    .map(({ held }) => fieldOf(fieldsOfElement(held, lookup.fieldsOf) ?? [], by))
    .find((one) => one !== undefined);
  const key = resolveSource(source, span, scope, lookup.fieldsOf, lookup.suggest, found);
  if (key !== null && field !== undefined) checkFit(key, field, source, span, scope, found);
}

function severalSlots(
  { merge, scope, context, found }: Task,
  candidates: readonly Candidate[],
): Outcome {
  const names = candidates.slice(0, 12).map(({ slot }) => slot);
  const more = candidates.length > names.length ? " or …" : "";
  const help = `say which: ${names.map((name) => `\`slot=${name}\``).join(" or ")}${more}`;
  found.push(
    report(
      "MZ5002",
      { span: merge.span, text: `${listed(names) ?? ""} could take it` },
      { context: context.name, function: scope.name },
      { help },
    ),
  );
  return unclear;
}

/** The operation on a slot that is known. */
function settle(task: Task, { slot, part, held }: Candidate): Outcome {
  const { merge, scope, lookup, found } = task;
  if (part === "whole") {
    const option = merge.op ?? merge.by;
    if (option !== null) {
      const facts = {
        option: merge.op === null ? "by" : "op",
        reason: `\`${scope.name}\` answers the whole slot \`${slot}\`, which is replaced`,
      };
      found.push(
        report("MZ5007", { span: option.span, text: "here" }, facts, { help: "leave it out" }),
      );
    }
    return { slot, op: "replace", by: null, value: null };
  }
  const fields = fieldsOfElement(held, lookup.fieldsOf);
  const names = (fields ?? []).map(({ name }) => name);
  if (merge.by === null) {
    const [likely = "id"] = [...names.filter((name) => name === "id"), ...names];
    const facts = { function: scope.name, slot };
    const help = `name the field that tells elements apart, for example \`by=${likely}\``;
    found.push(report("MZ5003", { span: merge.span, text: "which element?" }, facts, { help }));
    return unclear;
  }
  if (fieldOf(fields ?? [], merge.by.text) === undefined) {
    const facts = { slot, field: merge.by.text };
    const help = didYouMean(lookup.suggest(merge.by.text, names)) ?? listed(names);
    found.push(report("MZ5006", { span: merge.by.span, text: "no field" }, facts, { help }));
    return unclear;
  }
  return {
    slot,
    op: merge.op?.value ?? "upsert",
    by: merge.by.text,
    value: merge.value?.source ?? null,
  };
}

const slotCodes: readonly Code[] = ["MZ5001", "MZ5002", "MZ5003"];

/** Hands on what was found; in a canonical function an unclear slot is only a warning. */
function handOn(
  found: readonly Diagnostic[],
  merge: contract.Merge,
  fn: contract.Fn,
  context: canonical.Context,
  { out }: Lookup,
): void {
  const lenient = fn.form === "canonical";
  for (const diagnostic of found) {
    if (!lenient || !slotCodes.some((code) => code === diagnostic.code)) {
      out.push(diagnostic);
      continue;
    }
    const facts = { context: context.name, function: fn.name.text };
    const help = "it makes the context stale instead; `by=` or `slot=` would say more";
    out.push(report("MZ5005", { span: merge.span, text: diagnostic.message }, facts, { help }));
  }
}
