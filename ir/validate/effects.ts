/** Effects that are legal and probably not meant: too wide, by accident, or missing. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Affect, Context, Field, Fn, View } from "../model/canonical.js";
import { isEffectUncertain, type Facts, type Surroundings } from "./facts.js";

type ContextAffect = Extract<Affect, { kind: "context" }>;

/** How the name of a function begins that changes something. */
const verbsOfChange: ReadonlySet<string> = new Set(
  (
    "add archive cancel change create delete destroy edit insert patch remove rename reorder replace reset " +
    "restore save set update upsert"
  ).split(" "),
);

export function wholeContextIsMeant(node: Fn | View, around: Surroundings): readonly Diagnostic[] {
  return contextAffects(node, around).flatMap(({ affect, context }) => {
    if (affect.scope !== "by-name" || affect.params.length > 0) return [];
    const pair = similarField(context, node.input);
    if (pair === null) return [];
    const { param, field } = pair;
    const whyNot =
      param === field.name ? "not every function of the context takes it, so say it: " : "";
    return [
      report(
        "MZ5004",
        { span: affect.span, text: `every \`${context.name}\` is refetched` },
        { context: context.name, function: node.name, field: field.name },
        {
          related: [{ span: field.place.name, text: `may be meant as \`${param}\`` }],
          help:
            `${whyNot}write \`affects ${context.name} ${param}=input.${field.name}\`, ` +
            `or \`affects ${context.name} all\` if every one is meant`,
        },
      ),
    ];
  });
}

/**
 * A field that looks like a param of the context although it is not called the same: the same letters
 * (`userId`, `user_id`), or one says `id` where the other says whose (`id`, `user_id`).
 */
function similarField(
  context: Context,
  input: readonly Field[],
): { readonly param: string; readonly field: Field } | null {
  for (const param of context.params.filter((candidate) => candidate.needed)) {
    const letters = fold(param.name);
    const field =
      input.find((candidate) => fold(candidate.name) === letters) ??
      input.find((candidate) => namesTheSame(fold(candidate.name), letters, fold(context.name)));
    if (field !== undefined) return { param: param.name, field };
  }
  return null;
}

function namesTheSame(field: string, param: string, context: string): boolean {
  return (
    (field === "id" && param.endsWith("id")) ||
    (param === "id" && (field === `${context}id` || field === context)) ||
    (param === `${context}id` && field === context) ||
    (param.endsWith("id") && field === param.slice(0, -2))
  );
}

export function idIsMeantAsParam(node: Fn | View, around: Surroundings): readonly Diagnostic[] {
  return contextAffects(node, around).flatMap(({ affect, context }) => {
    const field = node.input.find((candidate) => candidate.name === "id");
    const byId = affect.scope === "by-name" && affect.params.some((param) => param.param === "id");
    if (field === undefined || !byId) return [];
    return [
      report(
        "MZ5030",
        { span: affect.span, text: "only where `id` is the same" },
        { context: context.name, function: node.name },
        {
          related: [{ span: field.place.name, text: "the id of what?" }],
          help:
            `write \`affects ${context.name} id=input.id\` if it is the same thing, ` +
            `or \`affects ${context.name} all\` if not`,
        },
      ),
    ];
  });
}

type Found = {
  readonly affect: ContextAffect;
  readonly context: Context;
};

/** The most effects that a contract may have: the canonical form spells out each on a line of its own. */
const mostEffects = 1_000_000;

export function effectsCanBeSpelledOut({ canonical }: Facts): readonly Diagnostic[] {
  const contexts = canonical.contexts.length;
  const everything: Affect[] = [];
  let effects = 0;
  for (const { affects } of canonical.functions) {
    effects += affects.length;
    for (const affect of affects) if (affect.kind === "everything") everything.push(affect);
  }
  effects += everything.length * (contexts - 1);
  const [first] = everything;
  if (first === undefined || effects <= mostEffects) return [];
  return [
    report(
      "MZ5013",
      { span: first.span, text: `one of ${everything.length} like it` },
      { contexts, effects, limit: mostEffects },
      { help: "name the contexts that each function changes, or make several contracts" },
    ),
  ];
}

function contextAffects(node: Fn | View, around: Surroundings): readonly Found[] {
  const found: Found[] = [];
  for (const affect of node.affects) {
    const context = affect.kind === "context" ? around.contexts.get(affect.context) : undefined;
    if (affect.kind !== "context" || context === undefined) continue;
    if (isEffectUncertain(node, context, around)) continue;
    // Params that a context must not have say nothing about who affects it.
    if (context.name === "global" && context.params.length > 0) continue;
    found.push({ affect, context });
  }
  return found;
}

export function mutationSaysWhatItChanges(
  fn: Fn,
  { isFaulty }: Surroundings,
): readonly Diagnostic[] {
  const hasEffects = fn.affects.length + fn.merges.length > 0;
  if (fn.context !== null || fn.form !== null || hasEffects) return [];
  if (!looksLikeChange(fn.name) || isFaulty(fn.place.node)) return [];
  return [
    report(
      "MZ5031",
      { span: fn.place.name, text: "makes nothing stale" },
      { function: fn.name },
      {
        help:
          "say which contexts it changes: `affects CONTEXT` or `merge CONTEXT`; " +
          "if none, put `// mizan-ignore MZ5031` above it",
      },
    ),
  ];
}

/** `create_order` and `orders.delete`. A single word is as likely a noun: `archive`, `patch`. */
function looksLikeChange(name: string): boolean {
  const parts = name.split(".");
  const words = parts.at(-1)?.match(/^[a-z]+|[A-Z][a-z]*|[a-z\d]+/g) ?? [];
  return words.length + parts.length > 2 && verbsOfChange.has(words[0] ?? "");
}

function fold(name: string): string {
  return name.replace(/[_.-]/g, "").toLowerCase();
}
