/**
 * Finds the slot that a merge goes into, by structure (protocol.md section 4.3): names aside, null around
 * either side and a list around the slot looked through. With `value=` the result does not matter, and the
 * candidates are the lists whose elements have the key.
 */
import type { Shape } from "../model/canonical.js";
import { fits } from "./sources.js";
import { fieldOf, withoutOptional } from "./shapes.js";
import { sameStructure, type FieldsOf } from "./structure.js";

/** A function whose slot could take the value, and what the value would be there. */
export type Candidate = {
  readonly slot: string;
  /** `whole`: the value takes the slot's place. `element`: it is one of the slot's list. */
  readonly part: "whole" | "element";
  /** The shape of an element; null unless `part` is `element`. */
  readonly element: Shape | null;
};

export type Slot = { readonly name: string; readonly output: Shape | null };

/** The slots that could take a value of the shape `output`. */
export function slotsFor(
  output: Shape,
  slots: readonly Slot[],
  fieldsOf: FieldsOf,
): readonly Candidate[] {
  const value = withoutOptional(output);
  return slots.flatMap((slot): readonly Candidate[] => {
    if (slot.output === null) return [];
    const held = withoutOptional(slot.output);
    if (sameStructure(value, held, fieldsOf)) {
      return [{ slot: slot.name, part: "whole", element: null }];
    }
    if (held.kind !== "list") return [];
    const element = withoutOptional(held.item);
    return sameStructure(value, element, fieldsOf)
      ? [{ slot: slot.name, part: "element", element }]
      : [];
  });
}

/** The list slots whose elements have the field `by`, of a type that the key fits. */
export function slotsWithKey(
  by: string,
  key: Shape,
  slots: readonly Slot[],
  fieldsOf: FieldsOf,
): readonly Candidate[] {
  return listSlots(slots).filter(({ element }) => {
    const field = fieldOf(fieldsOfElement(element, fieldsOf) ?? [], by);
    return field !== undefined && fits(key, field.shape);
  });
}

/** Every list slot, as a place for elements. */
export function listSlots(slots: readonly Slot[]): readonly (Candidate & { element: Shape })[] {
  return slots.flatMap((slot) => {
    const held = slot.output === null ? null : withoutOptional(slot.output);
    if (held?.kind !== "list") return [];
    return { slot: slot.name, part: "element", element: withoutOptional(held.item) } as const;
  });
}

/** The fields of an element; null when it is no struct. */
export function fieldsOfElement(element: Shape | null, fieldsOf: FieldsOf): ReturnType<FieldsOf> {
  return element?.kind === "ref" ? fieldsOf(element.type) : null;
}
