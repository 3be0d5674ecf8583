/** What the team should look at after a run: handlers that wait to be filled in, copies of edited files. */
import type { Inspection } from "../write.js";

/** More would push the summary off the screen. */
const mostListed = 10;

export function toNotes({ steps }: Inspection, show: (path: string) => string): string {
  const handlers = steps.filter(({ kind }) => kind === "stub").map(({ path }) => show(path));
  const listed = handlers.slice(0, mostListed).map((path) => `new handler: ${path}\n`);
  const more = handlers.length - listed.length;
  const copies = steps.flatMap((step) =>
    step.kind === "update" && step.keepAs !== null
      ? [`your edits of ${show(step.path)} are in ${show(step.keepAs)}\n`]
      : [],
  );
  return [...copies, ...listed, ...(more > 0 ? [`… and ${more} more handlers\n`] : [])].join("");
}
