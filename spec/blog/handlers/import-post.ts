import type { ImportPostHandler } from "../mizan/server/handlers.js";
import { putPost } from "../store.js";

export const importPost: ImportPostHandler = (post) => putPost(post);
