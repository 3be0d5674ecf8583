import type { DrawerNotesHandler } from "../mizan/server/handlers.js";
import { groups, store, toNote } from "../server/store.js";

export const drawerNotes: DrawerNotesHandler = async ({ drawer_id }, { user }) => {
  const owner = String(user.id);
  const rows = await store.list(groups.notes(owner, drawer_id));
  return rows.map((row) => toNote(row, owner));
};
