import type { GiveBytesHandler } from "../mizan/server/handlers.js";

export const giveBytes: GiveBytesHandler = async () => Uint8Array.of(0x61, 0x62, 0x63);
