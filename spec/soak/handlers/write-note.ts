import type { WriteNoteHandler } from "../mizan/server/handlers.js";
import { groups, store, toNote } from "../server/store.js";

const MOST_NOTES = 4;

/** Adds a note, or, where there are several already, writes the oldest anew. */
export const writeNote: WriteNoteHandler = async ({ drawer_id, text }, { user }) => {
  const owner = String(user.id);
  const group = groups.notes(owner, drawer_id);
  const [oldest, ...others] = await store.list(group);
  const written =
    oldest !== undefined && others.length >= MOST_NOTES - 1
      ? await store.write(group, oldest.id, text)
      : null;
  return toNote(written ?? (await store.create(group, text)), owner);
};
