/** The white space in front of a line: levels of indentation, and columns that align. */
import { indentation, type Layout } from "./layout.js";

export type Margin = {
  readonly text: string;
  readonly width: number;
  /** With tabs: how many, and the alignments that stand behind the last of them. */
  readonly tabs: number;
  readonly alignments: number;
};

export function marginAt(levels: number, layout: Layout): Margin {
  return {
    text: indentation(layout, levels),
    width: levels * layout.tabWidth,
    tabs: levels,
    alignments: 0,
  };
}

/**
 * One level deeper. With tabs, each alignment in front of a level counts as a tab, while those behind the
 * last level stay spaces: that is how prettier keeps the two apart.
 */
export function indented(margin: Margin, layout: Layout): Margin {
  if (layout.useTabs) return marginAt(margin.tabs + margin.alignments + 1, layout);
  return {
    ...margin,
    text: margin.text + " ".repeat(layout.tabWidth),
    width: margin.width + layout.tabWidth,
  };
}

/** So many columns further. */
export function aligned(margin: Margin, columns: number): Margin {
  return {
    text: margin.text + " ".repeat(columns),
    width: margin.width + columns,
    tabs: margin.tabs,
    alignments: margin.alignments + 1,
  };
}
