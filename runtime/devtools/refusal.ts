import { determines } from "../client/describe.js";
import type { Instance } from "../client/instance.js";
import { spliced } from "../client/splice.js";
import { own, isObject } from "../wire/json.js";
import type { SentEntry } from "../wire/answer.js";
import type { Refusal } from "./timeline.js";

/** Of more nobody wants to read. */
const NAMES = 5;

/**
 * Why an instance refuses a merge, asked while it does. The kernel keeps no answer to this; what it asked can be
 * asked again, and if nothing else speaks against the merge, it came too late.
 */
export const refusalOf = (instance: Instance, effect: unknown, slot: string): Refusal => {
  const { _description: description, _getBase: getBase, _splice: splice } = instance;
  const words = own(description.context.slots, slot);
  if (words === undefined) return { kind: "unknown-slot" };
  const base = getBase();
  if (!base) return { kind: "nothing-shown" };
  try {
    const entry: SentEntry = Object(effect);
    const sent = own(effect, "params");
    const params = isObject(sent) ? sent : {};
    const isClear = determines(description, words, params);
    const value =
      splice?.(entry, base[slot]) ?? (isClear ? spliced(base[slot], entry, words) : undefined);
    if (value !== undefined) return { kind: "newer-shown" };
    if (isClear) return { kind: "does-not-fit" };
    // The words of a descriptor are explained in `describe.ts`: absent means null where there is a `?`.
    const open = [...words.matchAll(/(\S+):(\S+)/g)]
      .filter(([, name = "", kind = ""]) =>
        description._words.has(name) ? !Object.hasOwn(params, name) : !kind.endsWith("?"),
      )
      .map(([, name = ""]) => name);
    return { kind: "params-open", names: open.slice(0, NAMES) };
  } catch {
    return { kind: "does-not-fit" };
  }
};
