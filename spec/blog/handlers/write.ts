import type { WriteHandler } from "../mizan/server/handlers.js";
import { nextId, putPost } from "../store.js";

export const write: WriteHandler = ({ author, text }) => putPost({ id: nextId(), author, text });
