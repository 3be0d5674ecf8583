/**
 * Elements of long lists, kept as text. An element of a list that stands on several lines depends on nothing
 * around it but its margin and the comma behind it, so a caller that lays out nearly the same list again
 * and again hands in a store for the texts: of the elements, and of runs of them, so that a list is put
 * together of few texts.
 */
import { join, line, type Doc } from "./doc.js";
import type { Expression } from "./expressions.js";
import type { Layout } from "./layout.js";
import type { Margin } from "./margin.js";
import { layOutAt } from "./print.js";

/** Of one layout; by the element or run itself, which its owner keeps the same object. */
export type ElementTexts = WeakMap<Expression | Run, KeptText>;

/** Elements that stand one after the other: one at least. */
export type Run = readonly Expression[];

export type KeptRuns = { readonly runs: readonly Run[]; readonly texts: ElementTexts };

type KeptText = { readonly margin: string; readonly comma: Comma; readonly text: string };
/** What follows when the list is broken. */
type Comma = "" | ",";

/** The elements of a run as one document. */
export function keptRun(
  run: Run,
  toDoc: (element: Expression) => Doc,
  comma: Comma,
  texts: ElementTexts,
  layout: Layout,
): Doc {
  const last = run.length - 1;
  return {
    kind: "block",
    contents: () => join([",", line], run.map(toDoc)),
    print: (margin) =>
      kept(run, margin, comma, () =>
        run
          .map((element, index) => printElement(element, margin, index < last ? "," : comma))
          .join(`,\n${margin.text}`),
      ),
  };

  function printElement(element: Expression, margin: Margin, behind: Comma): string {
    return kept(element, margin, behind, () => {
      const whole = layOutAt([toDoc(element), behind], layout, margin);
      return behind === "" ? whole : whole.slice(0, -behind.length);
    });
  }

  function kept(
    owner: Expression | Run,
    margin: Margin,
    behind: Comma,
    print: () => string,
  ): string {
    const before = texts.get(owner);
    if (before?.margin === margin.text && before.comma === behind) return before.text;
    const text = print();
    texts.set(owner, { margin: margin.text, comma: behind, text });
    return text;
  }
}
