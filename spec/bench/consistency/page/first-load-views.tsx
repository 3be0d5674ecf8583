/** What the first load of ours shows, whenever it is asked for. */
import type { ReactElement, ReactNode } from "react";
import {
  AccountContext,
  FeedContext,
  useAccountAlerts,
  useAccountInbox,
  useAccountPlan,
  useFeedEvents,
  useFeedPosts,
  useWorkFiles,
  useWorkReport,
  useWorkTasks,
  WorkContext,
} from "../mizan/client/react.js";
import type { FirstLoadSubject } from "./start-first-load.js";
import { ACCOUNT } from "./subject.js";

export const Account = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <AccountContext account_id={ACCOUNT}>
    <WorkContext account_id={ACCOUNT}>
      <FeedContext account_id={ACCOUNT}>{children}</FeedContext>
    </WorkContext>
  </AccountContext>
);

export const uses: FirstLoadSubject["uses"] = {
  account_alerts: useAccountAlerts,
  account_inbox: useAccountInbox,
  account_plan: useAccountPlan,
  feed_events: useFeedEvents,
  feed_posts: useFeedPosts,
  work_files: useWorkFiles,
  work_report: useWorkReport,
  work_tasks: useWorkTasks,
};
