import type { RewriteNotesHandler } from "../mizan/server/handlers.js";
import { groups, store, toNote } from "../server/store.js";

/** Writes all notes of one user in one drawer anew. */
export const rewriteNotes: RewriteNotesHandler = async ({ drawer_id, text }, { user }) => {
  const owner = String(user.id);
  const group = groups.notes(owner, drawer_id);
  for (const { id } of await store.list(group)) await store.write(group, id, text);
  return (await store.list(group)).map((row) => toNote(row, owner));
};
