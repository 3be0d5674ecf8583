import type { TouchByTagsHandler } from "../mizan/server/handlers.js";

export const touchByTags: TouchByTagsHandler = async () => ({ ok: true });
