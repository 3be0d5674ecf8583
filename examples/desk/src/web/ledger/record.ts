/**
 * Listens to the client and keeps, per call, what its answer did to the page: which slots got a new value
 * with it, which instances had to be read again, how long all of that took.
 */
import type { Cause, ClientEvent } from "@mizan/runtime/client";
import { createContext, use, useSyncExternalStore } from "react";

/** One thing that one answer did to one mounted instance. */
export type Effect =
  | { readonly kind: "merged"; readonly key: string; readonly slot: string }
  | {
      readonly kind: "read";
      readonly key: string;
      readonly since: number;
      /** Milliseconds, null while it is under way. */
      readonly took: number | null;
    };

export interface Entry {
  readonly call: number;
  readonly fn: string;
  readonly since: number;
  /** Milliseconds from the call to its answer, null while it is under way. */
  readonly took: number | null;
  /** The code of the error it ended with. */
  readonly error: string | null;
  readonly effects: readonly Effect[];
}

/** What last reached a context or a slot: views show it by a short glow. `id` grows with every pulse. */
export interface Pulse {
  readonly kind: Effect["kind"];
  readonly id: number;
}

export interface Ledger {
  readonly onEvent: (event: ClientEvent) => void;
  readonly subscribe: (listener: () => void) => () => void;
  /** Newest first. */
  readonly getEntries: () => readonly Entry[];
  /** Of a context, `inbox`: a read or any merge. Of a slot, `global.team`: merges into it. */
  readonly getPulse: (place: string) => Pulse | null;
}

const kept = 30;

/** What a server that renders the page has heard of its calls. */
const nothing: readonly Entry[] = [];

/** What an instance's key says: its context, and its params as pairs of name and text, for display. */
export function instanceOf(key: string): {
  readonly context: string;
  readonly params: readonly (readonly [name: string, value: string])[];
} {
  const context = /^[^[]*/.exec(key)?.[0] ?? key;
  const pairs: unknown = JSON.parse(key.slice(context.length) || "[]");
  const params = Array.isArray(pairs) ? pairs : [];
  return { context, params: params.map(([name, value]) => [String(name), String(value)] as const) };
}

export function createLedger(): Ledger {
  let entries: readonly Entry[] = [];
  let pulses = 0;
  const lastPulse = new Map<string, Pulse>();
  const listeners = new Set<() => void>();
  // The call whose answer made the client forget everything: what follows is read for somebody new.
  let resetBy = 0;

  /** The call that made this happen, if one did. */
  function callOf(cause: Cause | undefined): number | null {
    if (cause === undefined) return null;
    if (cause.call !== undefined) return cause.call;
    return cause.type === "reset" ? resetBy : null;
  }

  function change(call: number, update: (entry: Entry) => Entry): void {
    entries = entries.map((entry) => (entry.call === call ? update(entry) : entry));
  }

  function pulse(key: string, kind: Pulse["kind"], slot?: string): void {
    const { context } = instanceOf(key);
    lastPulse.set(context, { kind, id: ++pulses });
    if (slot !== undefined) lastPulse.set(`${context}.${slot}`, { kind, id: pulses });
  }

  function record(event: ClientEvent): void {
    const now = performance.now();
    switch (event.type) {
      case "call-start": {
        const { call, fn } = event;
        const entry: Entry = { call, fn, since: now, took: null, error: null, effects: [] };
        entries = [entry, ...entries].slice(0, kept);
        break;
      }
      case "call-done":
        change(event.call, (entry) => ({
          ...entry,
          took: now - entry.since,
          error: event.error?.code ?? null,
        }));
        break;
      case "merge": {
        const { key, slot = "", applied } = event;
        const call = callOf(event.cause);
        if (!applied || call === null) break;
        pulse(key, "merged", slot);
        change(call, (entry) => ({
          ...entry,
          effects: [...entry.effects, { kind: "merged", key, slot }],
        }));
        break;
      }
      case "fetch-start": {
        const { key } = event;
        const call = callOf(event.cause);
        if (call === null) break;
        change(call, (entry) => ({
          ...entry,
          effects: [...entry.effects, { kind: "read", key, since: now, took: null }],
        }));
        break;
      }
      case "fetch-done":
      case "fetch-failed":
      case "fetch-dropped": {
        const { key } = event;
        const call = callOf(event.cause);
        if (call === null) break;
        if (event.type === "fetch-done") pulse(key, "read");
        change(call, (entry) => ({
          ...entry,
          effects: entry.effects.map((effect) =>
            effect.kind === "read" && effect.key === key && effect.took === null
              ? { ...effect, took: now - effect.since }
              : effect,
          ),
        }));
        break;
      }
      case "reset":
        resetBy = entries[0]?.call ?? 0;
        return;
      default:
        return;
    }
    for (const listener of listeners) listener();
  }

  return {
    onEvent: record,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    getEntries: () => entries,
    getPulse: (place) => lastPulse.get(place) ?? null,
  };
}

export const LedgerContext = createContext<Ledger>(createLedger());

export function useEntries(): readonly Entry[] {
  const ledger = use(LedgerContext);
  return useSyncExternalStore(ledger.subscribe, ledger.getEntries, () => nothing);
}

export function usePulse(place: string): Pulse | null {
  const ledger = use(LedgerContext);
  return useSyncExternalStore(
    ledger.subscribe,
    () => ledger.getPulse(place),
    () => null,
  );
}
