import type { OnlySignedInHandler } from "../mizan/server/handlers.js";

export const onlySignedIn: OnlySignedInHandler = async () => ({ ok: true });
