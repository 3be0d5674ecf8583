/** The drawer: contexts on the left, what happened in the middle, the one that is looked at on the right. */
import {
  useCallback,
  useEffect,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type ReactElement,
  type RefObject,
} from "react";
import { instances, type Instance } from "../../client/listen.js";
import type { Preferences } from "../preferences.js";
import type { Recorder } from "../recorder.js";
import { EntryDetails } from "./entry-details.js";
import { InstanceDetails } from "./instance-details.js";
import { InstanceList } from "./instance-list.js";
import { Icon, Logo } from "./pieces.js";
import { Resizer } from "./resizer.js";
import { concerns, Waterfall } from "./waterfall.js";

type Selected =
  | { readonly kind: "instance"; readonly key: string }
  | { readonly kind: "entry"; readonly id: number };

const KINDS = ["all", "calls", "reads"] as const;
/** Ages grow, and slots of a first load come, without an event. */
const TICK_MS = 1000;
/** While something is under way its bar grows. */
const BAR_TICK_MS = 100;

interface PanelProps {
  readonly drawer: RefObject<HTMLElement | null>;
  readonly recorder: Recorder;
  readonly preferences: Preferences;
  readonly onClose: () => void;
}

export function Panel({ drawer, recorder, preferences, onClose }: PanelProps): ReactElement {
  const { client } = recorder;
  const timeline = useSyncExternalStore(recorder.subscribe, recorder.getTimeline);
  const [height, setHeight] = useState(preferences.height);
  const [filter, setFilter] = useState("");
  const [kind, setKind] = useState<(typeof KINDS)[number]>("all");
  const [isNarrow, setIsNarrow] = useState(false);
  const [selected, setSelected] = useState<Selected | null>(null);
  const now = useNow(
    timeline.entries.some(({ endedAt }) => endedAt === null) ? BAR_TICK_MS : TICK_MS,
  );
  const all = instances(client);
  const instance =
    selected?.kind === "instance" ? all.find(({ key }) => key === selected.key) : undefined;
  const entry =
    selected?.kind === "entry" ? timeline.entries.find(({ id }) => id === selected.id) : undefined;
  const onSelectEntry = useCallback((id: number): void => setSelected({ kind: "entry", id }), []);
  const onSelectInstance = useCallback((key: string): void => {
    setSelected({ kind: "instance", key });
  }, []);
  const shown = timeline.entries.filter(
    (one) =>
      (kind === "all" || one.kind === "notice" || `${one.kind}s` === kind) &&
      (!isNarrow || !instance || concerns(one, instance.key)),
  );

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    if (selected) setSelected(null);
    else onClose();
  };

  return (
    <section
      ref={drawer}
      className="drawer"
      tabIndex={-1}
      aria-label="Mizan devtools"
      style={{ height: `${height}px` }}
      onKeyDown={onKeyDown}
    >
      <Resizer
        height={height}
        onResize={(next) => {
          setHeight(next);
          preferences.save({ height: next });
        }}
      />
      <div className="bar-top">
        <span className="brand">
          <Logo /> Mizan
        </span>
        <Counts all={all} />
        <button type="button" className="tool" title="Clear the timeline" onClick={recorder.clear}>
          <Icon name="clear" /> Clear
        </button>
        <button type="button" className="tool" aria-label="Close the devtools" onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div className={`panes ${instance || entry ? "with-details" : ""}`}>
        <section className="pane" aria-label="Contexts">
          <div className="pane-head">
            <h2>Contexts</h2>
            <input
              type="search"
              placeholder="Filter"
              aria-label="Filter contexts"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
          </div>
          <div className="scroll">
            <InstanceList
              all={all}
              filter={filter}
              selected={instance?.key ?? (entry?.kind === "read" ? entry.key : null)}
              onSelect={onSelectInstance}
              now={now}
            />
          </div>
        </section>
        <section className="pane" aria-label="Timeline">
          <div className="pane-head">
            <h2>Timeline</h2>
            <span className="choice" role="group" aria-label="What is listed">
              {KINDS.map((one) => (
                <button
                  key={one}
                  type="button"
                  aria-pressed={kind === one}
                  onClick={() => setKind(one)}
                >
                  {one}
                </button>
              ))}
            </span>
            {instance && (
              <label className="check">
                <input
                  type="checkbox"
                  checked={isNarrow}
                  onChange={(event) => setIsNarrow(event.target.checked)}
                />
                only this context
              </label>
            )}
          </div>
          <div className="scroll">
            <Waterfall
              entries={shown}
              forgotten={timeline.forgotten}
              selected={entry?.id ?? null}
              onSelect={onSelectEntry}
              instanceKey={instance?.key ?? null}
              now={now}
            />
          </div>
        </section>
        {(instance || entry) && (
          <section className="pane" aria-label="Details">
            <div className="scroll">
              <button
                type="button"
                className="tool leave"
                aria-label="Close the details"
                onClick={() => setSelected(null)}
              >
                <Icon name="close" />
              </button>
              {instance && (
                <InstanceDetails
                  key={instance.key}
                  instance={instance}
                  entries={timeline.entries}
                  changes={recorder.getChanges(instance.key)}
                  expected={recorder.getExpected(instance.key)}
                  onSelectEntry={onSelectEntry}
                  onInvalidate={recorder.markStale}
                  now={now}
                />
              )}
              {entry && (
                <EntryDetails
                  entry={entry}
                  entries={timeline.entries}
                  onSelectEntry={onSelectEntry}
                  onSelectInstance={onSelectInstance}
                  now={now}
                />
              )}
            </div>
          </section>
        )}
      </div>
    </section>
  );
}

/** The time, every so many milliseconds. */
const useNow = (ms: number): number => {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), ms);
    return () => clearInterval(timer);
  }, [ms]);
  return now;
};

function Counts({ all }: { readonly all: readonly Instance[] }): ReactElement {
  const states = all.map(({ getState }) => getState());
  const counts = [
    ["fetching", states.filter(({ isFetching }) => isFetching).length],
    ["stale", states.filter(({ isStale }) => isStale).length],
    ["error", states.filter(({ status }) => status === "error").length],
  ] as const;
  return (
    <p className="counts">
      {all.length} {all.length === 1 ? "context" : "contexts"}
      {counts.map(
        ([word, count]) =>
          count > 0 && (
            <span key={word}>
              <i className={`dot ${word}`} /> {count} {word}
            </span>
          ),
      )}
    </p>
  );
}
