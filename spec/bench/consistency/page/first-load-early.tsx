/** As `first-load-ours.tsx`, but asked for before React renders, where a page knows by then what it will show. */
import type { ReactElement, ReactNode } from "react";
import { configure, prefetch } from "@mizan/runtime/client";
import { accountContext, feedContext, workContext } from "../mizan/client/index.js";
import { MizanContext } from "../mizan/client/react.js";
import { Account, uses } from "./first-load-views.js";
import { startFirstLoad } from "./start-first-load.js";
import { ACCOUNT } from "./subject.js";

const client = configure({ baseUrl: "/api/mizan" });

const Root = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <MizanContext client={client}>
    <Account>{children}</Account>
  </MizanContext>
);

startFirstLoad({ Root, uses });
void prefetch(client, accountContext, { account_id: ACCOUNT });
void prefetch(client, workContext, { account_id: ACCOUNT });
void prefetch(client, feedContext, { account_id: ACCOUNT });
