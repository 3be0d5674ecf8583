import type { BeatHandler } from "../mizan/server/handlers.js";
import { groups, seeded, store } from "../server/store.js";

export const beat: BeatHandler = async () => {
  const { version } = seeded(await store.find(groups.beats, 0));
  return { version };
};
