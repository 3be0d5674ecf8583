/** The floor: lines read by hand into a store that knows nothing but these eight values. */
import { Fragment, useSyncExternalStore } from "react";
import type { Order } from "../mizan/client/types.js";
import { FIRST_LOAD, type FirstLoadRead } from "./first-load.js";
import { startFirstLoad, type FirstLoadSubject } from "./start-first-load.js";

const values = new Map<FirstLoadRead, readonly Order[]>();
const listeners = new Set<() => void>();
const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

async function load(): Promise<void> {
  const { body } = await fetch("/lines/");
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let chunk = await reader?.read(); chunk?.value !== undefined; chunk = await reader?.read()) {
    const lines = (rest + chunk.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const { name, value } = JSON.parse(line);
      values.set(name, value);
    }
    for (const listener of listeners) listener();
  }
}

startFirstLoad({
  Root: Fragment,
  uses: Object.fromEntries(
    FIRST_LOAD.map((name) => [name, () => useSyncExternalStore(subscribe, () => values.get(name))]),
  ) as FirstLoadSubject["uses"],
});
void load();
