import type { F2Handler } from "../server/handlers.js";

export const f2: F2Handler = async ({ b, a, z }, ctx) => {
  throw ctx.notImplemented({ b, a, z });
};
