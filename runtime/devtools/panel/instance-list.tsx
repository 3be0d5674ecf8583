/** The context instances that the client keeps, with what they are at. */
import { memo, type KeyboardEvent, type ReactElement } from "react";
import type { Instance } from "../../client/listen.js";
import { partsOfKey } from "../text.js";
import { Chip, type Tone } from "./pieces.js";
import { ago, sinceEpoch } from "./time.js";

/** So many are listed; who looks for another names it in the filter. */
const LISTED = 200;

/** What a row shows of a state. */
type Shown = Pick<ReturnType<Instance["getState"]>, "status" | "isFetching" | "isStale">;

/** Most telling first. */
export const tonesOf = ({ status, isFetching, isStale }: Shown): readonly Tone[] => {
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
  const wanted = filter.trim() === "" ? all : all.filter((one) => matches(one, filter));
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
      {sorted.slice(0, LISTED).map((instance) => {
        const { key, watchers, getState } = instance;
        const { status, isFetching, isStale, updatedAt } = getState();
        return (
          <li key={key}>
            <Row
              instanceKey={key}
              watchers={watchers}
              status={status}
              isFetching={isFetching}
              isStale={isStale}
              age={updatedAt > 0 ? ago(sinceEpoch(now, updatedAt)) : ""}
              isSelected={key === selected}
              onSelect={onSelect}
            />
          </li>
        );
      })}
      {sorted.length > LISTED && (
        <li className="empty">{sorted.length - LISTED} more: filter to see them.</li>
      )}
    </ul>
  );
}

/** All words of the filter are in the name, the params or the status. */
const matches = (instance: Instance, filter: string): boolean => {
  const { context, params } = partsOfKey(instance.key);
  const text = `${context} ${params} ${tonesOf(instance.getState()).join(" ")}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
};

interface RowProps extends Shown {
  readonly instanceKey: string;
  readonly watchers: number;
  /** Of its data; empty where there is none. */
  readonly age: string;
  readonly isSelected: boolean;
  readonly onSelect: (key: string) => void;
}

/** It is given texts and numbers alone, so that of hundreds of rows a frame renders only those that look different. */
const Row = memo(function Row(props: RowProps): ReactElement {
  const { instanceKey, watchers, age, isSelected, onSelect } = props;
  const { context, params } = partsOfKey(instanceKey);
  const tones = tonesOf(props);
  return (
    <button
      type="button"
      className={`row instance ${watchers === 0 ? "unwatched" : ""}`}
      aria-pressed={isSelected}
      onClick={() => onSelect(instanceKey)}
    >
      <span className={`dot ${tones[0] ?? "idle"}`} />
      <span className="what">
        <strong>{context}</strong> <code>{params}</code>
      </span>
      <span className="meta">
        {watchers === 0 ? "not watched" : `${watchers} ${watchers === 1 ? "watcher" : "watchers"}`}
        {age !== "" && ` · ${age}`}
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
});

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
