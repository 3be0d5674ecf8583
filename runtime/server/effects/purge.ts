/** Takes out of the cache what effects reach, before anybody is told of them. */
import type { Scope } from "../../cache/index.js";
import type { Core } from "../core.js";
import type { Effects } from "./effects.js";

/** Null where there is nothing to wait for. Otherwise resolves in a bounded time, and never rejects. */
export function purge({ cache, contract }: Core, effects: Effects): Promise<void> | null {
  if (cache === null || effects.isEmpty) return null;
  const scopes = new Map<string, Scope>();
  for (const entry of effects.reached()) {
    const context =
      "context" in entry
        ? entry.context
        : contract.functions.get(entry.function)?.definition.context;
    const plan = context === undefined ? null : (contract.contexts.get(context)?.cachePlan ?? null);
    if (plan === null) continue;
    const scope = plan.plan.scopeOf("context" in entry ? entry.params : []);
    scopes.set(`${scope.text} ${context}`, scope);
  }
  return scopes.size === 0 ? null : cache.purge([...scopes.values()]);
}
