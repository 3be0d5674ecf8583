import type { FeedEventsHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const feedEvents: FeedEventsHandler = reads.feed_events;
