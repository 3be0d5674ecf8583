import type { FeedPostsHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const feedPosts: FeedPostsHandler = reads.feed_posts;
