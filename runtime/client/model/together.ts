/**
 * Holds rule 5: what one answer made stale is shown together. Of the groups that the kernel keeps it knows what events
 * and states tell, so it sees less than the kernel does, and never faults it for what is allowed.
 */
import type { Client } from "../client.js";
import type { Cause, ClientEvent } from "../events.js";
import { LONGEST_HOLD_MS } from "../limits.js";
import { instances, listen, type Instance } from "../listen.js";
import type { World } from "./world.js";

interface Group {
  /** Keys of instances that show data which one answer made stale. */
  readonly members: Set<string>;
  /** When the first of the answers came that made them one group: for a second from then nobody may go ahead. */
  readonly since: number;
  /** Its members still wait for each other. */
  readonly isCertain: boolean;
}

/** To be called at every notification. The answer names instances that were left behind. */
export function watchGroups(world: World, client: Client): () => readonly string[] {
  let groups: readonly Group[] = [];
  /** Of the step under way: what each answer reached, and whose read ended. */
  const reached = new Map<Cause, Set<string>>();
  const shown = new Set<string>();
  const dropped = new Set<string>();

  const find = (key: string): Instance | undefined =>
    instances(client).find((instance) => instance.key === key);
  const isMounted = (key: string): boolean => !!find(key)?.watchers;

  const note = (event: ClientEvent): void => {
    switch (event.type) {
      case "reset":
        groups = [];
        return;
      case "unmount": {
        const { key } = event;
        // As the kernel, which goes on if it is mounted again in this tick.
        return queueMicrotask(() => {
          if (!isMounted(key)) for (const { members } of groups) members.delete(key);
        });
      }
      case "merge":
      case "invalidate":
        if (event.cause) {
          const keys = reached.get(event.cause) ?? new Set();
          reached.set(event.cause, keys.add(event.key));
        }
        return;
      case "fetch-done":
      case "fetch-failed":
        return void shown.add(event.key);
      case "fetch-dropped":
        return void dropped.add(event.key);
      default:
    }
  };
  listen(client, note);

  /** An answer that is shown although it was overtaken leaves its instance stale, and ends no group. */
  const isSettled = (key: string): boolean => {
    const state = find(key)?.getState();
    return shown.has(key) && (state?.status === "error" || !state?.isStale);
  };
  const isOver = ({ members }: Group): boolean => [...members].some(isSettled);
  /** All were overtaken; or failed and were wanted again, which ends a group, and no event tells the two apart. */
  const isDoubtful = ({ members }: Group): boolean =>
    !reached.size && [...members].every((key) => dropped.has(key));
  const leftBehind = ({ members, since, isCertain }: Group): readonly string[] =>
    isCertain && world.now() < since + LONGEST_HOLD_MS
      ? [...members].filter((key) => !shown.has(key) && !dropped.has(key))
      : [];

  const gather = (keys: ReadonlySet<string>): void => {
    const members = [...keys].filter((key) => {
      const state = find(key)?.getState();
      return state?.isStale && state.data && isMounted(key);
    });
    const joined = groups.filter((group) => members.some((key) => group.members.has(key)));
    const certain = joined.filter(({ isCertain }) => isCertain);
    const group = {
      members: new Set([...members, ...certain.flatMap((other) => [...other.members])]),
      since: Math.min(world.now(), ...joined.map(({ since }) => since)),
      isCertain: true,
    };
    groups = [...groups.filter((other) => !joined.includes(other)), group];
  };

  return () => {
    const over = groups.filter(isOver);
    groups = groups
      .filter((group) => group.members.size && !over.includes(group))
      .map((group) => (isDoubtful(group) ? { ...group, isCertain: false } : group));
    const late = over.flatMap(leftBehind);
    for (const keys of reached.values()) gather(keys);
    shown.clear();
    dropped.clear();
    reached.clear();
    return late;
  };
}
