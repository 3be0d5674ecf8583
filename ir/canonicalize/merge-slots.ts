/**
 * Finds the slot that a merge goes into, by structure (language.md, "Effects"): names aside, null around
 * either side and a list around the slot looked through, or the list in a page. With `value=` the result does
 * not matter, and the candidates are the lists whose elements have the key.
 */
import { addTo } from "../lists.js";
import type { Field, Fn, Shape } from "../model/canonical.js";
import { fieldOf, shapeKey } from "./shapes.js";
import { withoutOptional } from "../shapes.js";
import { fits } from "./sources.js";
import { sameStructure, type FieldsOf } from "./structure.js";

/** A function whose slot could take the value, and what the value would be there. */
export type Candidate = {
  readonly slot: string;
  /** `whole`: the value takes the slot's place. `element`: it is one of the slot's list. */
  readonly part: "whole" | "element";
  /** What the value is compared with: all of the slot, or an element of it. */
  readonly held: Shape;
};

/** The function whose value it is. */
export type Slot = Pick<Fn, "name" | "output" | "paginate">;

/** The slots of one context. */
export type Slots = {
  readonly names: readonly string[];
  /** Every list slot, as a place for elements. */
  readonly lists: readonly Candidate[];
  /** The question which slots could take a value of this shape: the same one for the same shape. */
  ask(output: Shape): Question;
};

/** A value that is looking for its slot, and the slots by their outlines. */
export type Question = {
  readonly value: Shape;
  readonly outlines: ReadonlyMap<string, readonly Candidate[]>;
};

export function createSlots(slots: readonly Slot[], fieldsOf: FieldsOf): Slots {
  const places = slots.flatMap(placesOf);
  const outlines = new Map<string, Candidate[]>();
  for (const place of places) addTo(outlines, outlineOf(place.held, fieldsOf), place);
  const questions = new Map<string, Question>();
  return {
    names: slots.map(({ name }) => name),
    lists: places.filter(({ part }) => part === "element"),
    ask(output) {
      const value = withoutOptional(output);
      const key = shapeKey(value);
      const known = questions.get(key);
      if (known !== undefined) return known;
      const question = { value, outlines };
      questions.set(key, question);
      return question;
    },
  };
}

/** The slots that answer a question. */
export function candidatesFor(
  { value, outlines }: Question,
  fieldsOf: FieldsOf,
): readonly Candidate[] {
  const near = outlines.get(outlineOf(value, fieldsOf)) ?? [];
  return near.filter(({ held }) => sameStructure(value, held, fieldsOf));
}

function placesOf({ name: slot, output, paginate }: Slot): readonly Candidate[] {
  if (output === null) return [];
  const held = withoutOptional(output);
  const whole: Candidate = { slot, part: "whole", held };
  if (paginate !== null) {
    return [whole, { slot, part: "element", held: { kind: "ref", type: paginate.element } }];
  }
  if (held.kind !== "list") return [whole];
  return [whole, { slot, part: "element", held: withoutOptional(held.item) }];
}

/** Equal for shapes of the same structure, and different for most others: what is worth comparing. */
function outlineOf(shape: Shape, fieldsOf: FieldsOf): string {
  if (shape.kind === "list") return `list ${outlineOf(shape.item, fieldsOf)}`;
  if (shape.kind !== "ref") return shape.kind;
  const names = (fieldsOf(shape.type) ?? []).map(({ name }) => name);
  return `struct ${JSON.stringify(names.sort())}`;
}

/** The list slots whose elements have the field `by`, of a type that the key fits. */
export function slotsWithKey(
  by: string,
  key: Shape,
  lists: readonly Candidate[],
  fieldsOf: FieldsOf,
): readonly Candidate[] {
  return lists.filter(({ held }) => {
    const field = fieldOf(fieldsOfElement(held, fieldsOf) ?? [], by);
    return field !== undefined && fits(key, field.shape);
  });
}

/** The fields of an element; null when it is no struct. */
export function fieldsOfElement(element: Shape, fieldsOf: FieldsOf): readonly Field[] | null {
  return element.kind === "ref" ? fieldsOf(element.type) : null;
}
