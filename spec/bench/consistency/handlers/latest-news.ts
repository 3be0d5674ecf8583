import type { LatestNewsHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const latestNews: LatestNewsHandler = reads.latest_news;
