import type { NoteHandler } from "../mizan/server/handlers.js";

export const note: NoteHandler = ({ text }) => text;
