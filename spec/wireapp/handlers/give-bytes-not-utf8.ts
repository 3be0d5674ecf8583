import type { GiveBytesNotUtf8Handler } from "../mizan/server/handlers.js";

export const giveBytesNotUtf8: GiveBytesNotUtf8Handler = async () => Uint8Array.of(0xff, 0x00);
