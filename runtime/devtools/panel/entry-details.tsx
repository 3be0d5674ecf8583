/** One call or read of the timeline: all that is known of why it happened and what it did. */
import type { ReactElement, ReactNode } from "react";
import { dropPieces, effectPieces, reasonPieces } from "../reason.js";
import { nameOfKey, partsOfKey } from "../text.js";
import type { CallEntry, EffectLine, Entry, ReadEntry } from "../timeline.js";
import { Chip, Pieces, type Tone } from "./pieces.js";
import { ReadRow } from "./read-row.js";
import { clock, duration } from "./time.js";
import { outcomeOf, SourceName } from "./waterfall.js";

interface EntryDetailsProps {
  readonly entry: Entry;
  readonly entries: readonly Entry[];
  readonly onSelectEntry: (id: number) => void;
  readonly onSelectInstance: (key: string) => void;
  readonly now: number;
}

export function EntryDetails(props: EntryDetailsProps): ReactElement {
  const { entry } = props;
  switch (entry.kind) {
    case "call":
      return <CallDetails {...props} entry={entry} />;
    case "read":
      return <ReadDetails {...props} entry={entry} />;
    case "notice":
      return (
        <div className="details">
          <header>
            <h3>{entry.title}</h3>
            <p className="facts">{clock(entry.startedAt)}</p>
          </header>
          <p>{entry.text}</p>
        </div>
      );
  }
}

function Head(props: {
  readonly entry: CallEntry | ReadEntry;
  readonly now: number;
  readonly children: ReactNode;
}): ReactElement {
  const { entry, now, children } = props;
  const { word, tone } = outcomeOf(entry);
  return (
    <header>
      <h3>{children}</h3>
      <p className="facts">
        <Chip tone={tone}>{word}</Chip>
        <span>{duration((entry.endedAt ?? now) - entry.startedAt)}</span>
        <span>{clock(entry.startedAt)}</span>
      </p>
    </header>
  );
}

function CallDetails(props: EntryDetailsProps & { readonly entry: CallEntry }): ReactElement {
  const { entry, entries, onSelectEntry, onSelectInstance, now } = props;
  const { source, error, effects, unlisted } = entry;
  const caused = entries.filter((one): one is ReadEntry => one.kind === "read" && isOf(one, entry));
  return (
    <div className="details">
      <Head entry={entry} now={now}>
        <SourceName source={source} />
      </Head>
      {error !== null && <p className="trouble">{error}</p>}
      <h4>What it did here</h4>
      {effects.length === 0 && (
        <p className="empty">
          {entry.outcome === "lost"
            ? "Nobody knows: it was lost, which counts as an effect on everything (rule 6)."
            : "No effect reached anything that is kept here."}
        </p>
      )}
      {effects.map((effect, index) => (
        // Effects are only ever appended, so their place names them.
        <EffectRow key={index} effect={effect} onSelect={onSelectInstance} />
      ))}
      {unlisted > 0 && <p className="empty">{unlisted} more</p>}
      {caused.length > 0 && <h4>What was read because of it</h4>}
      {caused.map((read) => (
        <ReadRow key={read.id} read={read} onSelect={onSelectEntry}>
          <code>{nameOfKey(read.key)}</code>
          {read.changed.length > 0 && ` changed ${read.changed.join(", ")}`}
        </ReadRow>
      ))}
    </div>
  );
}

/** Whether a read was made because of this answer. */
const isOf = ({ cause, reason }: ReadEntry, call: CallEntry): boolean =>
  call.source.call === null
    ? call.cause === cause
    : "source" in reason && reason.source.call === call.source.call;

function EffectRow(props: {
  readonly effect: EffectLine;
  readonly onSelect: (key: string) => void;
}): ReactElement {
  const { effect, onSelect } = props;
  const { word, tone } = lineOf(effect);
  return (
    <button type="button" className="row told" onClick={() => onSelect(effect.key)}>
      <Chip tone={tone} title={effect.text ?? undefined}>
        {word}
      </Chip>
      <span className="why">
        <Pieces pieces={effectPieces(effect)} />
      </span>
    </button>
  );
}

const lineOf = ({ kind, refusal }: EffectLine): { word: string; tone: Tone } => {
  if (refusal) return { word: "refused", tone: "stale" };
  switch (kind) {
    case "merge":
      return { word: "merged", tone: "fresh" };
    case "invalidate":
      return { word: "stale", tone: "stale" };
    case "expect":
      return { word: "expected", tone: "fetching" };
  }
};

function ReadDetails(props: EntryDetailsProps & { readonly entry: ReadEntry }): ReactElement {
  const { entry, entries, onSelectEntry, onSelectInstance, now } = props;
  const { key, reason, drop, error, changed, merged, isStale, outcome } = entry;
  const { context, params } = partsOfKey(key);
  const call = entries.findLast((one) => one.kind === "call" && isOf(entry, one));
  return (
    <div className="details">
      <Head entry={entry} now={now}>
        {context} <code>{params}</code>
      </Head>
      <h4>Why</h4>
      <p className="reason">
        <Pieces pieces={reasonPieces(reason)} />
      </p>
      {reason.kind === "effects" && reason.effects.length > 1 && (
        <ul className="all">
          {reason.effects.map((effect, index) => (
            <li key={index}>
              <code>{effect.text ?? "unknown form"}</code>
            </li>
          ))}
        </ul>
      )}
      <h4>What came of it</h4>
      {error !== null && <p className="trouble">{error}</p>}
      {drop && (
        <p>
          <Pieces pieces={dropPieces(drop)} />
        </p>
      )}
      {outcome === "done" && (
        <p>
          {changed.length === 0 ? "Nothing changed." : "Changed: "}
          {changed.map((slot) => (
            <Chip key={slot} tone="fresh">
              {slot}
            </Chip>
          ))}
        </p>
      )}
      {outcome === "pending" && <p>The answer is on its way, or waits for others (rule 5).</p>}
      {merged.length > 0 && (
        <p>Merged while it was under way, and kept (rule 2): {merged.join(", ")}</p>
      )}
      {isStale && <p>An effect overtook it: shown all the same, and asked again (rule 2).</p>}
      <p className="actions">
        <button type="button" onClick={() => onSelectInstance(key)}>
          Show the context
        </button>
        {call && (
          <button type="button" onClick={() => onSelectEntry(call.id)}>
            Show the call
          </button>
        )}
      </p>
    </div>
  );
}
