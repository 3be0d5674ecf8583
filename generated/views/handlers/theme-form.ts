import type { ThemeFormHandler } from "../server/handlers.js";

export const themeForm: ThemeFormHandler = async ({ name, theme, window }, ctx) => {
  throw ctx.notImplemented({ name, theme, window });
};
