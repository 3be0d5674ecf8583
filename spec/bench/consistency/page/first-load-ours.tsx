import type { ReactElement, ReactNode } from "react";
import {
  AccountContext,
  FeedContext,
  MizanContext,
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
import { startFirstLoad } from "./start-first-load.js";
import { ACCOUNT } from "./subject.js";

const Root = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <MizanContext baseUrl="/api/mizan">
    <AccountContext account_id={ACCOUNT}>
      <WorkContext account_id={ACCOUNT}>
        <FeedContext account_id={ACCOUNT}>{children}</FeedContext>
      </WorkContext>
    </AccountContext>
  </MizanContext>
);

startFirstLoad({
  Root,
  uses: {
    account_alerts: useAccountAlerts,
    account_inbox: useAccountInbox,
    account_plan: useAccountPlan,
    feed_events: useFeedEvents,
    feed_posts: useFeedPosts,
    work_files: useWorkFiles,
    work_report: useWorkReport,
    work_tasks: useWorkTasks,
  },
});
