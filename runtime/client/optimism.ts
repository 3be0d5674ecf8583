/**
 * What calls are expected to change before they are answered: layers over what the server said. They are kept
 * in `instance.ts`, apart from that, and replayed over whatever it says next.
 */
import type { Bundle } from "./read.js";

/**
 * Says how the instances of one context will look: `draft.user({ user_id: 5 }, (user) => { … })`.
 *
 * `params` as in an effect: what is left out reaches every instance. `change` gets a copy of an instance's data,
 * all slots of it, to write into. It runs anew over whatever the server says meanwhile, so it may count on nothing
 * that was there before. Where it throws, or leaves behind what is no JSON, nothing of it is shown; that is
 * reported as a rejection that nobody handled, and stops nothing.
 */
export type Draft<Params, Data> = (params: Partial<Params>, change: (data: Data) => void) => void;

/** Given to a call. `Drafts` has a `Draft` for each context that the function affects or merges into. */
export interface Optimistic<Drafts> {
  /**
   * Says what the call will have changed, before anything is sent. It is shown at once, and gone, for each
   * instance, in the step that shows the call's effect, or that the call or the read of its effect failed. What it
   * throws is reported as a rejection that nobody handled; the call goes on.
   */
  readonly optimistic?: ((draft: Drafts) => void) | undefined;
}

/** What one call is expected to change in one instance. */
export interface Layer {
  /** @internal The call's number. */
  readonly _call: number;
  /** @internal */
  readonly _change: (data: Bundle) => void;
  /** @internal Clock of the effect that a read has to show; infinite before the answer. */
  _dueAt: number;
}
