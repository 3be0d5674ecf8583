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
  const drawer = useRef<HTMLElement>(null);
  const wasTurned = useRef(false);
  const turn = (next: boolean): void => {
    wasTurned.current = true;
    setIsOpen(next);
    preferences.save({ isOpen: next });
  };
  // Who opens or closes it by key goes on in what takes the place of what they pressed.
  useEffect(() => {
    if (wasTurned.current) (isOpen ? drawer : button).current?.focus();
  }, [isOpen]);

  return isOpen ? (
    <Panel
      drawer={drawer}
      recorder={recorder}
      preferences={preferences}
      onClose={() => turn(false)}
    />
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
