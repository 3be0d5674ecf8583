/** The frame of each of the five views: names the hooks it is made of, and glows when an answer reached it. */
import type { ReactNode } from "react";
import { usePulse } from "./record.js";

interface ViewFrameProps {
  readonly label: string;
  readonly className: string;
  /** What it shows: contexts that are its own (`inbox`), single slots of others (`global.team`). */
  readonly shows: readonly string[];
  /** The hooks that feed it, for the caption. */
  readonly hooks: readonly string[];
  readonly children: ReactNode;
}

export function ViewFrame({ label, className, shows, hooks, children }: ViewFrameProps) {
  return (
    <section className={`view ${className}`} aria-label={label}>
      {children}
      <p className="view-hooks" aria-hidden="true">
        {hooks.map((hook) => (
          <code key={hook}>{hook}()</code>
        ))}
      </p>
      {shows.map((place) => (
        <Glow key={place} place={place} />
      ))}
    </section>
  );
}

/** A new pulse is a new element, so that its animation starts again. */
function Glow({ place }: { readonly place: string }) {
  const pulse = usePulse(place);
  return pulse === null ? null : (
    <span key={pulse.id} className={`glow glow-${pulse.kind}`} aria-hidden="true" />
  );
}
