import type { OnlySuperuserHandler } from "../mizan/server/handlers.js";

export const onlySuperuser: OnlySuperuserHandler = async () => ({ ok: true });
