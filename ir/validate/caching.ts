/** What `cache` promises, and what makes a cached answer stale. */
import { report } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { Auth, Context } from "../model/canonical.js";
import type { Facts, Surroundings } from "./facts.js";

export function publicAnswersHaveNoGuard(
  context: Context,
  around: Surroundings,
): readonly Diagnostic[] {
  const { cache } = context;
  if (cache === null || cache.off || !cache.public) return [];
  const guard = guardOf(context, around);
  if (guard === null) return [];
  return [
    report(
      "MZ5034",
      { span: cache.span, text: "kept for everybody" },
      { context: context.name },
      {
        related: [{ span: guard.span, text: "not for everybody" }],
        help: "take `public` away: the answers are then cached for each user apart",
      },
    ),
  ];
}

/** The first guard in force in a context; `auth none` is none. */
function guardOf(context: Context, around: Surroundings): Auth | null {
  const guards = around.reads(context).map((fn) => fn.auth);
  return guards.find((auth) => auth !== null && auth.kind !== "none") ?? null;
}

export function cachedContextsCanGoStale(facts: Facts): readonly Diagnostic[] {
  const { canonical, functions, sound } = facts;
  const cached = canonical.contexts.filter(({ cache }) => cache !== null && !cache.off);
  if (!sound || cached.length === 0) return [];
  const stale = new Set<string>();
  for (const node of [...canonical.functions, ...canonical.views]) {
    for (const affect of node.affects) {
      // Whatever is cached, this makes it stale.
      if (affect.kind === "everything") return [];
      if (affect.kind === "context") stale.add(affect.context);
      if (affect.kind === "function") stale.add(functions.get(affect.function)?.context ?? "");
    }
    if ("merges" in node) for (const merge of node.merges) stale.add(merge.context);
  }
  return cached.flatMap((context) => {
    const { cache } = context;
    if (cache === null || stale.has(context.name)) return [];
    return [
      report(
        "MZ5033",
        { span: cache.span, text: `kept for ${cache.ttl} s, whatever happens` },
        { context: context.name },
        {
          related: [{ span: context.place.name, text: "no function affects it" }],
          help: `write \`affects ${context.name}\` in the functions that change what it shows`,
        },
      ),
    ];
  });
}
