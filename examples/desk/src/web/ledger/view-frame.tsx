/** The frame of each of the five views: names the hooks it is made of, and glows when an answer reached it. */
import type { ReactNode } from "react";
import { usePulse } from "./record.js";

interface ViewFrameProps {
  readonly label: string;
  readonly className: string;
  /** The contexts it shows, the most important first. */
  readonly contexts: readonly [string, ...string[]];
  /** The hooks that feed it, for the caption. */
  readonly hooks: readonly string[];
  readonly children: ReactNode;
}

export function ViewFrame({ label, className, contexts, hooks, children }: ViewFrameProps) {
  return (
    <section className={`view ${className}`} aria-label={label}>
      {children}
      <p className="view-hooks" aria-hidden="true">
        {hooks.map((hook) => (
          <code key={hook}>{hook}()</code>
        ))}
      </p>
      {contexts.map((context) => (
        <Glow key={context} context={context} />
      ))}
    </section>
  );
}

/** A new pulse is a new element, so that its animation starts again. */
function Glow({ context }: { readonly context: string }) {
  const pulse = usePulse(context);
  return pulse === null ? null : (
    <span key={pulse.id} className={`glow glow-${pulse.kind}`} aria-hidden="true" />
  );
}
