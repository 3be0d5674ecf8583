import type { WorkFilesHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const workFiles: WorkFilesHandler = reads.work_files;
