/** "What the server said": a line per call, with everything that its answer did to this page. */
import { useState } from "react";
import { instanceOf, useEntries, type Effect, type Entry } from "./record.js";

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
      {open && entries.length === 0 && <ThingsToTry />}
      {open && entries.length > 0 && (
        <ol className="ledger-lines" aria-live="polite">
          {entries.map((entry) => (
            <Line key={entry.call} entry={entry} />
          ))}
        </ol>
      )}
    </section>
  );
}

function ThingsToTry() {
  return (
    <div className="ledger-try">
      <p>
        <strong>Sign in, then rename the ticket: click its title.</strong>
        Heading, list and customer card change together. One request: the new value came with the
        answer.
      </p>
      <p>
        <strong>Change its status.</strong>
        The same, and one read more: the counts beside the folders are stale, the answer says so,
        and nobody had to remember it.
      </p>
      <p>
        <strong>Edit the customer.</strong>
        The name stands in three places. Exactly the instances on this page that show it are read
        again, and appear together.
      </p>
    </div>
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
      <span className="ledger-time">{timeOf(entry)}</span>
    </li>
  );
}

/** Until everything that the answer brought or asked for was on the page. */
function timeOf(entry: Entry): string {
  const ends = entry.effects.map((effect) =>
    effect.kind === "merged" ? entry.took : effect.took && effect.since + effect.took - entry.since,
  );
  const times = [entry.took, ...ends];
  return times.every((time) => time !== null) ? milliseconds(Math.max(...times)) : "…";
}

/** Reads like code: `ticket(114).ticket_detail`. */
function Chip({ effect }: { readonly effect: Effect }) {
  const { context, params } = instanceOf(effect.key);
  return (
    <span className={`chip chip-${effect.kind}`}>
      {context}
      {params.length > 0 && <i>({params.map(([, value]) => value).join(", ")})</i>}
      {effect.kind === "merged" && <i>.{effect.slot}</i>}
      {effect.kind === "read" && effect.took !== null && <b>{milliseconds(effect.took)}</b>}
    </span>
  );
}

function milliseconds(time: number): string {
  return `${Math.max(1, Math.round(time))} ms`;
}
