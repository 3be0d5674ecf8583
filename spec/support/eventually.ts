import { setTimeout as sleep } from "node:timers/promises";

/** Tries until it does not throw; gives up with the last error after ten seconds. */
export async function eventually<Value>(attempt: () => Value | Promise<Value>): Promise<Value> {
  for (let left = 1000; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await sleep(10);
    }
  }
}
