import type { WorkTasksHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const workTasks: WorkTasksHandler = reads.work_tasks;
