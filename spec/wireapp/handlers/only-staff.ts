import type { OnlyStaffHandler } from "../mizan/server/handlers.js";

export const onlyStaff: OnlyStaffHandler = async () => ({ ok: true });
