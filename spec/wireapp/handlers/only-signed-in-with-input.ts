import type { OnlySignedInWithInputHandler } from "../mizan/server/handlers.js";

export const onlySignedInWithInput: OnlySignedInWithInputHandler = async () => ({ ok: true });
