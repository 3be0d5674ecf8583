/**
 * A page of eight views, each with its own read, and when they are there: `window.firstLoad` says how many
 * milliseconds after the first rendering began the seven fast ones were shown, and all eight.
 */
import type { ComponentType, ReactElement, ReactNode } from "react";
import { createRoot } from "react-dom/client";
import type { Order } from "../mizan/client/types.js";
import { FIRST_LOAD, SLOW, type FirstLoadRead } from "./first-load.js";
import type { Loaded } from "./subject.js";

export interface FirstLoad {
  readonly fastMs: number;
  readonly allMs: number;
}

declare global {
  interface Window {
    firstLoad: Promise<FirstLoad>;
  }
}

export interface FirstLoadSubject {
  readonly Root: ComponentType<{ readonly children: ReactNode }>;
  readonly uses: Readonly<Record<FirstLoadRead, () => Loaded<readonly Order[]>>>;
}

export function startFirstLoad({ Root, uses }: FirstLoadSubject): void {
  const views = FIRST_LOAD.map((name) => {
    const use = uses[name];
    return [
      name,
      function View(): ReactElement {
        const rows = use();
        return (
          <ul id={name}>
            {rows?.map(({ id, title }) => (
              <li key={id}>{title}</li>
            ))}
          </ul>
        );
      },
    ] as const;
  });
  const root = document.querySelector("#root");
  if (!root) throw new Error("there is no place for the page");

  const began = performance.now();
  window.firstLoad = new Promise((resolve) => {
    let fastMs: number | null = null;
    const isThere = (name: FirstLoadRead): boolean =>
      document.querySelector(`#${name} li`) !== null;
    const observer = new MutationObserver(() => {
      const now = performance.now() - began;
      if (FIRST_LOAD.every((name) => name === SLOW || isThere(name))) fastMs ??= now;
      if (!FIRST_LOAD.every(isThere)) return;
      observer.disconnect();
      resolve({ fastMs: fastMs ?? now, allMs: now });
    });
    observer.observe(root, { childList: true, subtree: true });
  });
  createRoot(root).render(
    <Root>
      {views.map(([name, View]) => (
        <View key={name} />
      ))}
    </Root>,
  );
}
