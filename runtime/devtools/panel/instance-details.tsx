/** One context instance: what it shows, slot by slot, and what can be done with it. */
import { useState, type ReactElement } from "react";
import type { Instance } from "../../client/listen.js";
import { own } from "../../wire/json.js";
import { dropPieces, reasonPieces } from "../reason.js";
import { partsOfKey, safely } from "../text.js";
import type { Entry, ReadEntry } from "../timeline.js";
import { toJson } from "../values.js";
import { tonesOf } from "./instance-list.js";
import { Chip, Pieces } from "./pieces.js";
import { ReadRow } from "./read-row.js";
import { ago, sinceEpoch } from "./time.js";
import { ValueTree } from "./value-tree.js";

/** So many of its reads are told. */
const READS = 5;
/** For so long a slot counts as one that has just changed. */
const RECENT_MS = 4000;

interface InstanceDetailsProps {
  readonly instance: Instance;
  readonly entries: readonly Entry[];
  /** When each slot changed. */
  readonly changes: ReadonlyMap<string, number>;
  /** Slots that show what is only expected. */
  readonly expected: readonly string[];
  readonly onSelectEntry: (id: number) => void;
  /** As if an answer said that it is stale. */
  readonly onInvalidate: (instance: Instance) => void;
  readonly now: number;
}

export function InstanceDetails(props: InstanceDetailsProps): ReactElement {
  const { instance, entries, changes, expected, onSelectEntry, onInvalidate, now } = props;
  const { key, watchers, getState, refetch } = instance;
  const { slots, data, error, updatedAt } = getState();
  const { context, params } = partsOfKey(key);
  const reads = entries
    .filter((entry): entry is ReadEntry => entry.kind === "read" && entry.key === key)
    .slice(-READS)
    .reverse();
  return (
    <div className="details">
      <header>
        <h3>
          {context} <code>{params}</code>
        </h3>
        <p className="facts">
          {tonesOf(instance.getState()).map((tone) => (
            <Chip key={tone} tone={tone}>
              {tone}
            </Chip>
          ))}
          <span>
            {watchers === 0
              ? "not watched: kept for a while"
              : `${watchers} ${watchers === 1 ? "watcher" : "watchers"}`}
          </span>
          {updatedAt > 0 && <span>updated {ago(sinceEpoch(now, updatedAt))}</span>}
        </p>
        <p className="actions">
          <button type="button" onClick={refetch}>
            Refetch
          </button>
          <button
            type="button"
            title="As if another client's call had answered that it is stale: read again if it is watched, else when it is"
            onClick={() => onInvalidate(instance)}
          >
            Mark stale
          </button>
          <CopyButton value={data ?? slots} />
        </p>
      </header>
      {error && (
        <div className="trouble">
          <strong>{safely(() => String(error.code))}</strong> {safely(() => String(error.message))}
          <ValueTree name="details" value={error.details} open={1} />
        </div>
      )}
      <h4>
        Slots
        {!data && Object.keys(slots).length > 0 && <small>as they come: not all are there</small>}
      </h4>
      {Object.keys(slots).length === 0 && <p className="empty">Nothing is there yet.</p>}
      {Object.keys(slots).map((slot) => {
        const changed = changes.get(slot);
        const isRecent = changed !== undefined && now - changed < RECENT_MS;
        return (
          <div key={slot} className={`slot ${isRecent ? "recent" : ""}`}>
            <ValueTree name={slot} value={own(slots, slot)} open={1} />
            <span className="changed">
              {expected.includes(slot) && <Chip tone="fetching">expected</Chip>}
              {changed !== undefined && ` changed ${ago(now - changed)}`}
            </span>
          </div>
        );
      })}
      {reads.length > 0 && <h4>Latest reads</h4>}
      {reads.map((read) => (
        <ReadRow key={read.id} read={read} onSelect={onSelectEntry}>
          <Pieces pieces={reasonPieces(read.reason)} />
          {read.drop && (
            <>
              {" · "}
              <Pieces pieces={dropPieces(read.drop)} />
            </>
          )}
        </ReadRow>
      ))}
    </div>
  );
}

function CopyButton({ value }: { readonly value: unknown }): ReactElement {
  const [word, setWord] = useState("Copy JSON");
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(toJson(value));
      setWord("Copied");
    } catch {
      setWord("Not allowed");
    }
    setTimeout(() => setWord("Copy JSON"), 1500);
  };
  return (
    <button type="button" onClick={() => void copy()}>
      {word}
    </button>
  );
}
