/** The eight reads of the first load, in the order of the page; the slow one is `SLOW`. */
export const FIRST_LOAD = [
  "account_alerts",
  "account_inbox",
  "account_plan",
  "feed_events",
  "feed_posts",
  "work_files",
  "work_report",
  "work_tasks",
] as const;

export type FirstLoadRead = (typeof FIRST_LOAD)[number];

export const SLOW: FirstLoadRead = "work_report";
