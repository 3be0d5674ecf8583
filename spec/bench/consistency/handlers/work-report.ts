import type { WorkReportHandler } from "../mizan/server/handlers.js";
import { reads } from "../server/store.js";

export const workReport: WorkReportHandler = reads.work_report;
