/** The server of this process, for pages and for the route. */
import { memoryCache, type Cache } from "@mizan/runtime/cache";
import { createMizan } from "../../blog/mizan/server/mizan.js";

// Next.js has this module once for pages and once for the route. What one purges the other must not serve.
const kept = globalThis as { cache?: Cache };

export const mizan = createMizan({
  cache: (kept.cache ??= memoryCache()),
  csrf: { secret: process.env["CSRF_SECRET"] },
});
