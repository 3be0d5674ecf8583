/** The answer to a read as text: made once, cached, sent, and taken apart again for a stream. */
import { createHash } from "node:crypto";
import type { Bundle } from "../../cache/index.js";

/** A JSON object with one member per function, sorted; a line each. */
export type { Bundle };

/** Name of a function, and its value as JSON text, boxed where outputs of its kind are. */
export type Slot = readonly [name: string, json: string];

/**
 * Between two members stands a line break, which is white space to JSON and never part of a value's text. So
 * a bundle can be cut into its slots without being parsed.
 */
const BETWEEN = ",\n";

export function toBundle(slots: readonly Slot[]): Bundle {
  const members = slots.map(([name, json]) => `${JSON.stringify(name)}:${json}`);
  const body = `{${members.join(BETWEEN)}}`;
  const hash = createHash("sha256").update(body).digest("base64url");
  return { body, etag: `"${hash.slice(0, 27)}"` };
}

/** The slots of a bundle. Names of functions hold nothing that JSON would escape. */
export function toSlots({ body }: Bundle): Slot[] {
  const members = body.slice(1, -1);
  return members === "" ? [] : members.split(BETWEEN).map(toSlot);
}

function toSlot(member: string): Slot {
  const colon = member.indexOf('":');
  return [member.slice(1, colon), member.slice(colon + 2)];
}
