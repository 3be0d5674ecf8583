import type { EchoHandler } from "../mizan/server/handlers.js";

export const echo: EchoHandler = async ({ text }) => ({ message: text });
