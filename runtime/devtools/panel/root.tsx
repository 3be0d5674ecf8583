/** The floating button, and the drawer when it is open. */
import { useEffect, useRef, useState, type ReactElement } from "react";
import type { Preferences } from "../preferences.js";
import type { Recorder } from "../recorder.js";
import { Panel } from "./panel.js";
import { Logo } from "./pieces.js";

export type Position = "bottom-right" | "bottom-left" | "top-right" | "top-left";

interface RootProps {
  readonly recorder: Recorder;
  readonly position: Position;
  readonly preferences: Preferences;
}

export function Root({ recorder, position, preferences }: RootProps): ReactElement {
  const [isOpen, setIsOpen] = useState(preferences.isOpen);
  const button = useRef<HTMLButtonElement>(null);
  const wasClosed = useRef(false);
  const turn = (next: boolean): void => {
    wasClosed.current = !next;
    setIsOpen(next);
    preferences.save({ isOpen: next });
  };
  // Who closes it by key goes on where they opened it.
  useEffect(() => {
    if (!isOpen && wasClosed.current) button.current?.focus();
  }, [isOpen]);

  return isOpen ? (
    <Panel recorder={recorder} preferences={preferences} onClose={() => turn(false)} />
  ) : (
    <button
      ref={button}
      type="button"
      className={`open ${position}`}
      aria-label="Open the Mizan devtools"
      aria-expanded={false}
      title="Mizan devtools"
      onClick={() => turn(true)}
    >
      <Logo />
    </button>
  );
}
