/** Calls and reads in their order, each with why it happened and a bar for how long it took. */
import { memo, type ReactElement } from "react";
import { reasonPieces } from "../reason.js";
import { partsOfKey } from "../text.js";
import type { CallEntry, Entry, ReadEntry, Source } from "../timeline.js";
import { barOf, toBursts, type Burst } from "./bursts.js";
import { moveFocus } from "./instance-list.js";
import { Chip, Icon, Pieces, type Tone } from "./pieces.js";
import { clock, duration } from "./time.js";

interface WaterfallProps {
  readonly entries: readonly Entry[];
  readonly forgotten: number;
  readonly selected: number | null;
  readonly onSelect: (id: number) => void;
  /** The instance that is looked at: what concerns it is marked. */
  readonly instanceKey: string | null;
  readonly now: number;
}

export function Waterfall(props: WaterfallProps): ReactElement {
  const { entries, forgotten, now } = props;
  const bursts = toBursts(entries, now);
  if (entries.length === 0) {
    return (
      <p className="empty">
        Nothing happened since the panel is here. Calls and reads will be listed, with what made
        them necessary.
      </p>
    );
  }
  return (
    <div className="bursts" onKeyDown={moveFocus}>
      {bursts.map((burst, index) => (
        // Of the oldest one entry after another is forgotten, while the others keep what they began with.
        <BurstView
          key={index === bursts.length - 1 ? "oldest" : burst.entries[0]?.id}
          {...props}
          burst={burst}
        />
      ))}
      {forgotten > 0 && <p className="empty">{forgotten} earlier ones were let go.</p>}
    </div>
  );
}

function BurstView(props: WaterfallProps & { readonly burst: Burst }): ReactElement {
  const { burst, selected, onSelect, instanceKey, now } = props;
  const calls = burst.entries.filter(
    (entry) => entry.kind === "call" && entry.source.call !== null,
  ).length;
  const reads = burst.entries.filter(({ kind }) => kind === "read").length;
  const counts = [
    ...(calls > 0 ? [`${calls} ${calls === 1 ? "call" : "calls"}`] : []),
    ...(reads > 0 ? [`${reads} ${reads === 1 ? "read" : "reads"}`] : []),
  ].join(", ");
  return (
    <section className="burst" aria-label={`${clock(burst.startedAt)}: ${counts}`}>
      <header>
        <time>{clock(burst.startedAt)}</time>
        <span>{counts}</span>
        <span className="scale">
          <i>0</i>
          <i>{duration(burst.endedAt - burst.startedAt)}</i>
        </span>
      </header>
      {burst.entries.map((entry) => (
        <Row
          key={entry.id}
          entry={entry}
          {...barOf(burst, entry, now)}
          took={duration((entry.endedAt ?? now) - entry.startedAt)}
          isSelected={entry.id === selected}
          isRelated={concerns(entry, instanceKey)}
          onSelect={onSelect}
        />
      ))}
    </section>
  );
}

interface RowProps extends BarProps {
  readonly isSelected: boolean;
  /** To the instance that is looked at. */
  readonly isRelated: boolean;
  readonly onSelect: (id: number) => void;
}

/** Entries are never changed, so of hundreds of rows a frame renders those alone in which something is new. */
const Row = memo(function Row(props: RowProps): ReactElement {
  const { isSelected, isRelated, onSelect, ...bar } = props;
  const { entry } = bar;
  return (
    <button
      type="button"
      className={[
        `row entry ${entry.kind}`,
        ...(isCaused(entry) ? ["caused"] : []),
        ...(isRelated ? ["related"] : []),
      ].join(" ")}
      data-outcome={entry.kind === "notice" ? undefined : entry.outcome}
      aria-pressed={isSelected}
      onClick={() => onSelect(entry.id)}
    >
      <Words entry={entry} />
      <Bar {...bar} />
    </button>
  );
});

/** It stands below what made it necessary. */
const isCaused = (entry: Entry): boolean =>
  entry.kind === "read" && (entry.reason.kind === "effects" || entry.reason.kind === "lost");

/** Whether a call or a read has to do with an instance. */
export const concerns = (entry: Entry, key: string | null): boolean => {
  if (entry.kind === "read") return entry.key === key;
  return entry.kind === "call" && entry.effects.some((effect) => effect.key === key);
};

function Words({ entry }: { readonly entry: Entry }): ReactElement {
  switch (entry.kind) {
    case "call":
      return <CallWords entry={entry} />;
    case "read":
      return <ReadWords entry={entry} />;
    case "notice":
      return (
        <span className="words">
          <Icon name="notice" />
          <span className="what">
            <strong>{entry.title}</strong>
          </span>
          <span className="why">{entry.text}</span>
        </span>
      );
  }
}

function CallWords({ entry }: { readonly entry: CallEntry }): ReactElement {
  const { source, error, outcome, effects, unlisted } = entry;
  const count = (test: (effect: CallEntry["effects"][number]) => boolean): number =>
    effects.filter(test).length;
  const merged = count(({ kind, refusal }) => kind === "merge" && !refusal);
  const refused = count(({ refusal }) => refusal !== null);
  const stale = count(({ kind }) => kind === "invalidate") + unlisted;
  return (
    <span className="words">
      <Icon name={source.call === null ? "received" : "call"} />
      <span className="what">
        <SourceName source={source} />
      </span>
      <span className="why">
        {outcome === "lost" && <Chip tone="error">answer lost</Chip>}
        {error !== null && <span className="failure">{error}</span>}
        {merged > 0 && <Chip tone="fresh">{merged} merged</Chip>}
        {refused > 0 && <Chip tone="stale">{refused} refused</Chip>}
        {stale > 0 && <Chip tone="stale">{stale} made stale</Chip>}
        {outcome === "done" && effects.length === 0 && "nothing here depends on it"}
        {outcome === "pending" && "waiting for the answer"}
      </span>
    </span>
  );
}

export function SourceName({ source }: { readonly source: Source }): ReactElement {
  if (source.call === null) {
    return <strong>{source.by === "panel" ? "marked stale here" : "effects of others"}</strong>;
  }
  return (
    <>
      <strong>{source.fn}</strong> <code>#{source.call}</code>
    </>
  );
}

function ReadWords({ entry }: { readonly entry: ReadEntry }): ReactElement {
  const { context, params } = partsOfKey(entry.key);
  return (
    <span className="words">
      <Icon name="read" />
      <span className="what">
        <strong>{context}</strong> <code>{params}</code>
      </span>
      <span className="why">
        <Pieces pieces={reasonPieces(entry.reason)} />
      </span>
    </span>
  );
}

/** Word and colour for how it went. */
export const outcomeOf = (entry: CallEntry | ReadEntry): { word: string; tone: Tone } => {
  switch (entry.outcome) {
    case "pending":
      return { word: "under way", tone: "fetching" };
    case "done":
      return entry.kind === "read"
        ? { word: entry.isStale ? "shown, still stale" : "shown", tone: "fresh" }
        : { word: "answered", tone: "fresh" };
    case "failed":
      return { word: "failed", tone: "error" };
    case "lost":
      return { word: "answer lost", tone: "error" };
    case "dropped":
      return { word: entry.drop?.kind === "overtaken" ? "overtaken" : "dropped", tone: "idle" };
  }
};

interface BarProps {
  readonly entry: Entry;
  /** Percent. */
  readonly left: number;
  readonly width: number;
  /** Until now, of what is under way. */
  readonly took: string;
}

function Bar({ entry, left, width, took }: BarProps): ReactElement {
  if (entry.kind === "notice") return <span className="track" />;
  const { word } = outcomeOf(entry);
  return (
    <>
      <span className="track">
        <i className="bar" style={{ left: `${left}%`, width: `${width}%` }} />
      </span>
      <span className="took">
        {entry.outcome === "done" ? took : word}
        {entry.kind === "read" && entry.changed.length > 0 && (
          <small title={entry.changed.join(", ")}>{entry.changed.length} changed</small>
        )}
      </span>
    </>
  );
}
