/** What a run did, or would do, file by file and as one line. */
import { toCount } from "../show.js";
import type { Inspection, Step } from "../write.js";

export type Action = {
  readonly action: "create" | "update" | "keep" | "delete" | "handler";
  /** Absolute. */
  readonly path: string;
};

export function toActions({ steps, manifests }: Inspection): readonly Action[] {
  return [
    ...steps.map(({ kind, path }) => ({ action: actionOf[kind], path })),
    ...manifests.map(({ before, path }) => ({
      action: before === null ? ("create" as const) : ("update" as const),
      path,
    })),
  ];
}

const actionOf = {
  keep: "keep",
  leave: "keep",
  create: "create",
  update: "update",
  delete: "delete",
  stub: "handler",
} as const satisfies Record<Step["kind"], Action["action"]>;

/** `3 files written, 1 handler created`; what is up to date is only mentioned when nothing else is. */
export function toSummary(actions: readonly Action[]): string {
  const count = (...kinds: readonly Action["action"][]): number =>
    actions.filter(({ action }) => kinds.includes(action)).length;
  const [written, handlers, deleted] = [
    count("create", "update"),
    count("handler"),
    count("delete"),
  ];
  const parts = [
    ...(written > 0 ? [`${toCount(written, "file")} written`] : []),
    ...(handlers > 0 ? [`${toCount(handlers, "handler")} created`] : []),
    ...(deleted > 0 ? [`${toCount(deleted, "file")} deleted`] : []),
  ];
  const kept = count("keep");
  return parts.length > 0
    ? parts.join(", ")
    : `nothing changed: ${toCount(kept, "file")} ${kept === 1 ? "is" : "are"} up to date`;
}

/** `42 ms`, `1.3 s`. */
export function toDuration(milliseconds: number): string {
  return milliseconds < 1000
    ? `${Math.max(1, Math.round(milliseconds))} ms`
    : `${(milliseconds / 1000).toFixed(1)} s`;
}
