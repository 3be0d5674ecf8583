/**
 * Shows the page of one subject and, when the driver asks, renames the person and watches: when the views that
 * show the name show the new one, for how long only some of them do, and what was rendered.
 *
 * Invariant: what counts is what stands in the document. Each change of it is looked at as a whole, so views
 * that change in one commit of React change at one time.
 */
import { createRoot } from "react-dom/client";
import type { Subject } from "./subject.js";
import { BYSTANDERS, createPage, SHOWING, type Renders, type ViewName } from "./views.js";

export interface Measured {
  /** Milliseconds from the click until all five views show the new name. */
  readonly consistentMs: number;
  /** Milliseconds during which some of them showed the new name and some did not. */
  readonly mixedMs: number;
  /** Frames that began like that. */
  readonly mixedFrames: number;
  /** Of the five, until everything was quiet again. */
  readonly renders: number;
  readonly bystanderRenders: number;
  /** Whether all five show the name at the end. */
  readonly isRight: boolean;
}

export interface Bench {
  /** Whether every view has its data. */
  readonly isReady: () => boolean;
  /** Clicks, and answers `quietMs` after all five views were right. Never, if they never are. */
  readonly rename: (name: string, quietMs: number) => Promise<Measured>;
}

declare global {
  interface Window {
    bench: Bench;
  }
}

export function start(subject: Subject): void {
  const names: readonly ViewName[] = [...SHOWING, ...BYSTANDERS];
  const renders = Object.fromEntries(names.map((name) => [name, 0])) as Renders;
  let typed = "";
  const Page = createPage(subject, renders, () => typed);
  const root = document.querySelector("#root");
  if (!root) throw new Error("there is no place for the page");
  createRoot(root).render(<Page />);

  const textOf = (name: ViewName): string =>
    document.querySelector(`[data-view=${name}]`)?.textContent ?? "";
  const sum = (of: readonly ViewName[]): number =>
    of.reduce((total, name) => total + renders[name], 0);

  window.bench = {
    isReady: () => names.every((name) => textOf(name) !== ""),
    rename: async (name, quietMs) => {
      const button = document.querySelector("button");
      const rendersBefore = [sum(SHOWING), sum(BYSTANDERS)] as const;
      const shown = (): number => SHOWING.filter((view) => textOf(view).includes(name)).length;
      let mixedMs = 0;
      let mixedFrames = 0;
      let mixedSince: number | null = null;
      let isWatching = true;
      typed = name;

      const frame = (): void => {
        if (mixedSince !== null) mixedFrames++;
        if (isWatching) requestAnimationFrame(frame);
      };
      requestAnimationFrame(frame);
      const began = performance.now();
      const consistentMs = await new Promise<number>((resolve) => {
        const observer = new MutationObserver(() => {
          const now = performance.now();
          const count = shown();
          if (mixedSince !== null) mixedMs += now - mixedSince;
          mixedSince = count > 0 && count < SHOWING.length ? now : null;
          if (count === SHOWING.length) resolve(now - began);
          if (!isWatching) observer.disconnect();
        });
        observer.observe(root, { childList: true, characterData: true, subtree: true });
        button?.click();
      });
      await new Promise((resolve) => setTimeout(resolve, quietMs));
      isWatching = false;
      return {
        consistentMs,
        mixedMs,
        mixedFrames,
        renders: sum(SHOWING) - rendersBefore[0],
        bystanderRenders: sum(BYSTANDERS) - rendersBefore[1],
        isRight: shown() === SHOWING.length,
      };
    },
  };
}
