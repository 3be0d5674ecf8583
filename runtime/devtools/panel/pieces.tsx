/** The small parts that everything in the panel is made of. */
import type { ReactElement, ReactNode } from "react";
import type { Piece } from "../reason.js";

/** A sentence in which code looks like code. */
export function Pieces({ pieces }: { readonly pieces: readonly Piece[] }): ReactElement {
  return (
    <>
      {pieces.map((piece, index) =>
        // A sentence is made anew as a whole, so the place of a piece names it.
        "code" in piece ? <code key={index}>{piece.code}</code> : piece.text,
      )}
    </>
  );
}

export type Tone = "fresh" | "stale" | "fetching" | "error" | "idle" | "call";

export function Chip({
  tone,
  children,
  title,
}: {
  readonly tone: Tone;
  readonly children: ReactNode;
  readonly title?: string | undefined;
}): ReactElement {
  return (
    <span className={`chip ${tone}`} title={title}>
      {children}
    </span>
  );
}

/** A pair of scales. */
export function Logo(): ReactElement {
  return (
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
      <path
        d="M5 7h14M12 4v15M8 20h8M5 7l-3 6.5h6zM19 7l-3 6.5h6z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

const ICONS = {
  call: "M3 8h9M8.5 4.5 12 8l-3.5 3.5",
  read: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
  received: "M2.5 6h10M10 3.5 12.5 6M13.5 10h-10M6 12.5 3.5 10",
  notice: "M8 3v6M8 12v.5",
  close: "M4 4l8 8M12 4l-8 8",
  clear: "M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M4.3 4.3l7.4 7.4",
  chevron: "M6 4l4 4-4 4",
} as const;

export function Icon({ name }: { readonly name: keyof typeof ICONS }): ReactElement {
  return (
    <svg className={`icon ${name}`} viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path
        d={ICONS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
