/** "What the server said": a line per call, with everything that its answer did to this page. */
import { useState } from "react";
import { contextOf, useEntries, type Effect, type Entry } from "./record.js";

export function LedgerStrip() {
  const entries = useEntries();
  const [open, setOpen] = useState(true);
  return (
    <section className="ledger" aria-label="What the server said" data-open={open}>
      <header className="ledger-head">
        <button
          type="button"
          className="ledger-toggle"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <h2>What the server said</h2>
        </button>
        <p className="ledger-legend">
          <span className="mark mark-merged" /> came with the answer
          <span className="mark mark-read" /> read again, because the answer said so
        </p>
        <p className="ledger-claim">Lines of refetch code in this page: 0</p>
      </header>
      {open && (
        <ol className="ledger-lines" aria-live="polite">
          {entries.length === 0 && (
            <li className="ledger-empty">
              Rename the ticket, change its status, or write a reply. Each call gets a line here:
              what its answer brought along, and what it made the page read again.
            </li>
          )}
          {entries.map((entry) => (
            <Line key={entry.call} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Line({ entry }: { readonly entry: Entry }) {
  const reads = entry.effects.filter((effect) => effect.kind === "read").length;
  return (
    <li className="ledger-line" data-error={entry.error !== null} data-fn={entry.fn}>
      <code className="ledger-fn">{entry.fn}</code>
      <span className="ledger-count">
        {reads === 0 ? "1 request" : `1 + ${reads} request${reads === 1 ? "" : "s"}`}
      </span>
      <span className="ledger-effects">
        {entry.error !== null && <span className="chip chip-error">{entry.error}</span>}
        {entry.effects.map((effect, index) => (
          // Effects are only ever appended, so their place names them.
          <Chip key={index} effect={effect} />
        ))}
        {entry.took !== null && entry.error === null && entry.effects.length === 0 && (
          <span className="ledger-none">nothing on this page depends on it</span>
        )}
      </span>
      <span className="ledger-time">{entry.took === null ? "…" : milliseconds(entry.took)}</span>
    </li>
  );
}

function Chip({ effect }: { readonly effect: Effect }) {
  const context = contextOf(effect.key);
  const params = readable(effect.key.slice(context.length));
  return (
    <span className={`chip chip-${effect.kind}`} title={effect.key}>
      {context}
      {params !== "" && <i>{params}</i>}
      {effect.kind === "merged" && <b>{effect.slot}</b>}
      {effect.kind === "read" && effect.took !== null && <i>{milliseconds(effect.took)}</i>}
    </span>
  );
}

/** `{"ticket_id":"115"}` as `ticket_id=115`. */
function readable(params: string): string {
  return params
    .replaceAll(/["{}[\]]/g, "")
    .replaceAll(":", "=")
    .replaceAll(",", " ");
}

function milliseconds(time: number): string {
  return `${Math.max(1, Math.round(time))} ms`;
}
