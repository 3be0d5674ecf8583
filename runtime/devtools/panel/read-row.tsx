/** A read as one line that leads to it: how it went, and what the place that lists it says of it. */
import type { ReactElement, ReactNode } from "react";
import type { ReadEntry } from "../timeline.js";
import { Chip } from "./pieces.js";
import { outcomeOf } from "./waterfall.js";

interface ReadRowProps {
  readonly read: ReadEntry;
  readonly onSelect: (id: number) => void;
  readonly children: ReactNode;
}

export function ReadRow({ read, onSelect, children }: ReadRowProps): ReactElement {
  const { word, tone } = outcomeOf(read);
  return (
    <button type="button" className="row told" onClick={() => onSelect(read.id)}>
      <Chip tone={tone}>{word}</Chip>
      <span className="why">{children}</span>
    </button>
  );
}
