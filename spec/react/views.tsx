/** Three views of one user that count how often they rendered, and the root around them. */
import { useEffect, type ReactNode } from "react";
import {
  MizanContext,
  useUserContext,
  useUserOrders,
  useUserProfile,
  type Page,
} from "./harness.js";

export const renders = { name: 0, orders: 0, user: 0 };

/** Outside StrictMode an effect without dependencies runs once per rendering. */
function useCount(which: keyof typeof renders): void {
  useEffect(() => {
    renders[which] += 1;
  });
}

export function Name() {
  useCount("name");
  return <b>{useUserProfile()?.name ?? "?"} </b>;
}

export function Orders() {
  useCount("orders");
  return <i>{useUserOrders()?.join("+") ?? "?"} </i>;
}

export function User() {
  useCount("user");
  const { status, error, isFetching, data } = useUserContext();
  return (
    <u>
      {status} {error?.code ?? "-"} {isFetching ? "fetching" : "at rest"}{" "}
      {data?.user_profile.name ?? "?"}
    </u>
  );
}

/** The answer to the global context. */
export const motd = { motd: { result: "hello" } };

/** Renders this below a root. */
export async function open(page: Page, tree: ReactNode): Promise<void> {
  await page.render(<MizanContext client={page.client}>{tree}</MizanContext>);
}
