/** Both kinds of client of ioredis can be handed in, though nothing of its types is needed to do so. */
import type { Cluster, Redis } from "ioredis";
import { redisCache, type RedisPlace } from "@mizan/runtime/cache";

export const fits = (client: Redis | Cluster): RedisPlace => ({ client });

// What an environment may not bring is checked at start.
redisCache({ url: process.env["REDIS_URL"], secret: process.env["CACHE_SECRET"] });
// @ts-expect-error -- a secret is required
redisCache({ url: "redis://localhost" });
// @ts-expect-error -- sentinels watch a master under a name
redisCache({ sentinels: [{ host: "localhost", port: 26_379 }], secret: "long enough to be one" });
