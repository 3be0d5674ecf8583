/** Runs the handlers of a prepared read, side by side. */
import type { Refusal } from "../answer/refusal.js";
import type { CompiledFunction } from "../compiled.js";
import { Effects } from "../effects/effects.js";
import { purgeLate } from "../effects/late-effects.js";
import { purge } from "../effects/purge.js";
import type { Exchange } from "../running/exchange.js";
import { execute } from "../running/run.js";
import { toBundle, type Bundle, type Slot } from "./bundle.js";
import type { PreparedRead } from "./prepare.js";

/** Takes one slot as soon as its function is done. */
export type Deliver = (slot: Slot) => void;

export type Loaded =
  | {
      readonly refusal: null;
      readonly bundle: Bundle;
      /** Whether the cache had it; null where none took part. */
      readonly cache: "HIT" | "MISS" | null;
    }
  | { readonly refusal: Refusal };

/**
 * Answers the bundle, or the refusal of the first failing function by name, once all handlers have ended.
 * Never rejects. Nothing is delivered after the first failure, as the whole read has failed then.
 */
export async function load(
  { exchange, inputs }: PreparedRead,
  deliver: Deliver | null = null,
): Promise<Loaded> {
  let hasFailed = false;
  const results = await Promise.all(
    inputs.map(async ([fn, input]) => {
      const result = await loadSlot(exchange, fn, input);
      if ("refusal" in result) hasFailed = true;
      else if (!hasFailed) deliver?.(result.slot);
      return result;
    }),
  );
  const slots: Slot[] = [];
  for (const result of results) {
    if ("refusal" in result) return { refusal: result.refusal };
    slots.push(result.slot);
  }
  return { refusal: null, bundle: toBundle(slots), cache: null };
}

type SlotResult = { readonly slot: Slot } | { readonly refusal: Refusal };

async function loadSlot(
  exchange: Exchange,
  fn: CompiledFunction,
  input: unknown,
): Promise<SlotResult> {
  // A read has none, but by mistake it may call what has some: then it fails, and what was changed is changed.
  const effects = new Effects();
  const executed = await execute(exchange, fn, input, effects);
  effects.close((entry) => purgeLate(exchange, fn.name, entry));
  const purged = purge(exchange.core, effects);
  if (purged !== null) await purged;
  if (executed.refusal !== null) return executed;
  const value = fn.definition.boxed ? { result: executed.result } : executed.result;
  return { slot: [fn.name, JSON.stringify(value)] };
}
