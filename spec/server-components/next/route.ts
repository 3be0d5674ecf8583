/** `pages/api/mizan/[...path].ts`: answers the browser, below `/api/mizan`. */
import { nodeListener } from "@mizan/runtime/server";
import { mizan } from "./mizan.js";

export const config = { api: { bodyParser: false, externalResolver: true } };
export default nodeListener(mizan);
