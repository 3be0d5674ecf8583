/** The white space in front of a line: levels of indentation, and columns that align. */
import { indentation, type Layout } from "./layout.js";

export type Margin = {
  readonly text: string;
  readonly width: number;
  readonly deeper: (step: Step) => Margin;
};

/** One level, or so many columns. */
export type Step = "level" | number;

export function createMargins(layout: Layout): { readonly at: (levels: number) => Margin } {
  const create = (steps: readonly Step[]): Margin => {
    const inner = new Map<Step, Margin>();
    return {
      ...measured(steps, layout),
      deeper: (step) => {
        const known = inner.get(step) ?? create([...steps, step]);
        inner.set(step, known);
        return known;
      },
    };
  };
  return { at: (levels) => create(Array.from({ length: levels }, (): Step => "level")) };
}

/**
 * With tabs, columns that come before a level count as a tab, each; columns at the end stay spaces. That
 * is how prettier keeps tabs and alignment apart.
 */
function measured(
  steps: readonly Step[],
  layout: Layout,
): { readonly text: string; readonly width: number } {
  const tabs = layout.useTabs ? steps.lastIndexOf("level") + 1 : 0;
  let spaces = 0;
  for (const step of steps.slice(tabs)) spaces += step === "level" ? layout.tabWidth : step;
  return {
    text: (tabs === 0 ? "" : indentation(layout, tabs)) + " ".repeat(spaces),
    width: tabs * layout.tabWidth + spaces,
  };
}
