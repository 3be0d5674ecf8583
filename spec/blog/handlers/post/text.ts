import type { PostTextHandler } from "../../mizan/server/handlers.js";
import { texts } from "../../store.js";

export const postText: PostTextHandler = ({ post_id }) => texts.get(post_id) ?? "";
