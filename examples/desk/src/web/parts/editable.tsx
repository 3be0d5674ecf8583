/** Text that becomes an input when it is clicked. Enter or leaving saves, Escape does not. */
import { useRef, useState, type KeyboardEvent } from "react";

interface EditableProps {
  readonly value: string;
  /** For people who do not see the text: "Subject". */
  readonly label: string;
  readonly onSave: (value: string) => void;
}

export function Editable({ value, label, onSave }: EditableProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const cancelled = useRef(false);

  if (draft === null) {
    return (
      <button
        type="button"
        className="editable"
        title={`Change: ${label}`}
        onClick={() => setDraft(value)}
      >
        {value}
      </button>
    );
  }

  // Both keys end in the one way out, losing the focus, so that nothing is saved twice.
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    cancelled.current = event.key === "Escape";
    if (event.key === "Enter" || event.key === "Escape") event.currentTarget.blur();
  }

  function onBlur() {
    const text = draft?.trim() ?? "";
    if (!cancelled.current && text !== value) onSave(text);
    setDraft(null);
  }

  return (
    <input
      className="editable"
      aria-label={label}
      value={draft}
      autoFocus
      onChange={(event) => setDraft(event.target.value)}
      onBlur={onBlur}
      onKeyDown={onKeyDown}
    />
  );
}
