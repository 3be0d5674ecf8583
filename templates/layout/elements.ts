/**
 * Elements of long lists, kept as text. An element of a list that stands on several lines depends on nothing
 * around it but its margin and the comma behind it, so a caller that lays out nearly the same list again
 * and again hands in a store for the texts.
 */
import type { Doc } from "./doc.js";
import type { Expression } from "./expressions.js";
import type { Layout } from "./layout.js";
import type { Margin } from "./margin.js";
import { layOutAt } from "./print.js";

/** Of one layout; by the element itself, which its owner keeps the same object. */
export type ElementTexts = WeakMap<Expression, KeptText>;

type KeptText = { readonly margin: string; readonly comma: string; readonly text: string };

/** The element as a document. `comma`: what follows it when the list is broken. */
export function keptElement(
  element: Expression,
  toDoc: () => Doc,
  comma: "" | ",",
  texts: ElementTexts,
  layout: Layout,
): Doc {
  return { kind: "block", contents: toDoc, print };

  function print(margin: Margin): string {
    const kept = texts.get(element);
    if (kept?.margin === margin.text && kept.comma === comma) return kept.text;
    const whole = layOutAt([toDoc(), comma], layout, margin);
    const text = comma === "" ? whole : whole.slice(0, -comma.length);
    texts.set(element, { margin: margin.text, comma, text });
    return text;
  }
}
