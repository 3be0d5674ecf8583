/** The context instances that the client keeps, with what they are at. */
import type { KeyboardEvent, ReactElement } from "react";
import type { Instance } from "../../client/listen.js";
import { partsOfKey } from "../text.js";
import { Chip, type Tone } from "./pieces.js";
import { ago, sinceEpoch } from "./time.js";

/** So many are listed; who looks for another names it in the filter. */
const LISTED = 200;

/** Most telling first. */
export const tonesOf = ({ getState }: Instance): readonly Tone[] => {
  const { status, isFetching, isStale } = getState();
  const tones: Tone[] = [];
  if (status === "error") tones.push("error");
  if (isStale) tones.push("stale");
  if (isFetching) tones.push("fetching");
  if (tones.length === 0) tones.push(status === "success" ? "fresh" : "idle");
  return tones;
};

interface InstanceListProps {
  readonly all: readonly Instance[];
  readonly filter: string;
  readonly selected: string | null;
  readonly onSelect: (key: string) => void;
  readonly now: number;
}

export function InstanceList(props: InstanceListProps): ReactElement {
  const { all, filter, selected, onSelect, now } = props;
  const wanted = all.filter((instance) => matches(instance, filter));
  // Those that nobody watches are kept for a while only, so they come last.
  const sorted = [
    ...wanted.filter(({ watchers }) => watchers > 0),
    ...wanted.filter(({ watchers }) => watchers === 0),
  ];
  if (sorted.length === 0) {
    return (
      <p className="empty">
        {all.length === 0 ? "No context was asked for yet." : "No context matches the filter."}
      </p>
    );
  }
  return (
    <ul className="instances" onKeyDown={moveFocus}>
      {sorted.slice(0, LISTED).map((instance) => (
        <li key={instance.key}>
          <Row
            instance={instance}
            isSelected={instance.key === selected}
            onSelect={onSelect}
            now={now}
          />
        </li>
      ))}
      {sorted.length > LISTED && (
        <li className="empty">{sorted.length - LISTED} more: filter to see them.</li>
      )}
    </ul>
  );
}

/** All words of the filter are in the name, the params or the status. */
const matches = (instance: Instance, filter: string): boolean => {
  const { context, params } = partsOfKey(instance.key);
  const text = `${context} ${params} ${tonesOf(instance).join(" ")}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

interface RowProps {
  readonly instance: Instance;
  readonly isSelected: boolean;
  readonly onSelect: (key: string) => void;
  readonly now: number;
}

function Row({ instance, isSelected, onSelect, now }: RowProps): ReactElement {
  const { key, watchers, getState } = instance;
  const { context, params } = partsOfKey(key);
  const { updatedAt } = getState();
  const tones = tonesOf(instance);
  return (
    <button
      type="button"
      className={`row instance ${watchers === 0 ? "unwatched" : ""}`}
      aria-pressed={isSelected}
      onClick={() => onSelect(key)}
    >
      <span className={`dot ${tones[0] ?? "idle"}`} />
      <span className="what">
        <strong>{context}</strong> <code>{params}</code>
      </span>
      <span className="meta">
        {watchers === 0 ? "not watched" : `${watchers} ${watchers === 1 ? "watcher" : "watchers"}`}
        {updatedAt > 0 && ` · ${ago(sinceEpoch(now, updatedAt))}`}
      </span>
      <span className="chips">
        {tones.map((tone) => (
          <Chip key={tone} tone={tone}>
            {tone}
          </Chip>
        ))}
      </span>
    </button>
  );
}

/** The arrows go from row to row. */
export const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLElement)) return;
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>("button.row")];
  const next = rows[rows.indexOf(event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
};
