import type { ReactElement, ReactNode } from "react";
import { MizanContext } from "../mizan/client/react.js";
import { Account, uses } from "./first-load-views.js";
import { startFirstLoad } from "./start-first-load.js";

const Root = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <MizanContext baseUrl="/api/mizan">
    <Account>{children}</Account>
  </MizanContext>
);

startFirstLoad({ Root, uses });
