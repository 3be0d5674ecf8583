import type { PrintAlbumHandler } from "../mizan/server/handlers.js";

export const printAlbum: PrintAlbumHandler = async ({ paper, copies, cover, notes }) => ({
  paper,
  copies,
  cover: cover?.name ?? null,
  notes: notes === null ? null : await Promise.all(notes.map((note) => note.text())),
});
