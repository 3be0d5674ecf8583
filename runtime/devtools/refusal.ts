import { determines } from "../client/describe.js";
import type { Instance } from "../client/instance.js";
import { spliced } from "../client/splice.js";
import { own, isObject } from "../wire/json.js";
import type { Refusal } from "./timeline.js";

/**
 * Why an instance refuses a merge, asked while it does. The kernel keeps no answer to this; what it asked can be
 * asked again, and if nothing else speaks against the merge, it came too late.
 */
export const refusalOf = (instance: Instance, effect: unknown, slot: string): Refusal => {
  const { _description: description, getState } = instance;
  const { data } = getState();
  const words = own(description.context.slots, slot);
  if (words === undefined) return "unknown-slot";
  if (!data) return "nothing-shown";
  try {
    const params = own(effect, "params");
    if (!determines(description, words, isObject(params) ? params : {})) return "params-open";
    const entry = { ...Object(effect) };
    return spliced(data[slot], entry, words) === undefined ? "does-not-fit" : "newer-shown";
  } catch {
    return "does-not-fit";
  }
};
