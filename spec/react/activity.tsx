/** What `<Activity>` hides keeps its state and has no effects, as if it were not mounted. React 19 alone has it. */
import { Activity, type ReactElement, type ReactNode } from "react";
import { receive } from "@mizan/runtime/client";
import { usePolling, useUnmountSignal } from "@mizan/runtime/react";
import { UserContext, openPage, step, useUserContext, userBundle, type Page } from "./harness.js";
import { Name, motd, open } from "./views.js";

type Mode = "visible" | "hidden";

const show = (page: Page, mode: Mode, children: ReactNode): Promise<void> =>
  open(
    page,
    <Activity mode={mode}>
      <UserContext user_id={5}>{children}</UserContext>
    </Activity>,
  );
const readsOf = ({ server }: Page): number =>
  server.lines.filter((line) => line.startsWith("user")).length;

/** A page that shows Ada, and waits for nothing. */
async function openUser(children: ReactNode): Promise<Page> {
  const page = openPage();
  await show(page, "visible", children);
  await page.server.answer(userBundle(5, "Ada"));
  await page.server.answer(motd);
  return page;
}

export function activitySuite(): void {
  test("what is hidden from the beginning asks for nothing until it is shown", async () => {
    const page = openPage();
    await show(page, "hidden", <Name />);
    expect(readsOf(page)).toBe(0);
    await show(page, "visible", <Name />);
    expect(readsOf(page)).toBe(1);
  });

  test("what became stale while it was hidden is read when it is shown, beside the old data", async () => {
    const page = await openUser(<Name />);
    await show(page, "hidden", <Name />);
    await step(() => receive(page.client, { invalidate: ["user"] }));
    expect(readsOf(page)).toBe(1);
    await show(page, "visible", <Name />);
    expect(page.text()).toBe("Ada ");
    expect(readsOf(page)).toBe(2);
    await page.server.answer(userBundle(5, "Grace"));
    expect(page.text()).toBe("Grace ");
  });

  test("what is not stale is shown again without a request", async () => {
    const page = await openUser(<Name />);
    await show(page, "hidden", <Name />);
    await show(page, "visible", <Name />);
    expect(page.text()).toBe("Ada ");
    expect(readsOf(page)).toBe(1);
  });

  test("nothing polls while it is hidden", async () => {
    function Polled(): ReactElement {
      const user = useUserContext();
      usePolling(user, 5000);
      return <b>{user.data?.user_profile.name}</b>;
    }
    const page = await openUser(<Polled />);
    jest.useFakeTimers({ doNotFake: ["setTimeout", "queueMicrotask"] });
    try {
      await show(page, "hidden", <Polled />);
      await step(() => jest.advanceTimersByTime(60_000));
      expect(readsOf(page)).toBe(1);
      await show(page, "visible", <Polled />);
      await step(() => jest.advanceTimersByTime(5000));
      expect(readsOf(page)).toBe(2);
    } finally {
      jest.useRealTimers();
    }
  });

  test("its signal ends when it is hidden, and is another one when it is shown again", async () => {
    const signals: AbortSignal[] = [];
    function Signalled(): null {
      signals.push(useUnmountSignal());
      return null;
    }
    const page = await openUser(<Signalled />);
    const [first] = signals;
    expect(first?.aborted).toBe(false);
    await show(page, "hidden", <Signalled />);
    await step(() => undefined);
    expect(first?.aborted).toBe(true);
    await show(page, "visible", <Signalled />);
    expect(signals.at(-1)?.aborted).toBe(false);
  });
}
