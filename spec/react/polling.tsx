import { StrictMode, type ReactElement } from "react";
import { usePolling } from "@mizan/runtime/react";
import { UserContext, openPage, step, useUserContext, userBundle, type Page } from "./harness.js";
import { motd, open } from "./views.js";

function User({ everyMs }: { readonly everyMs: number | null }): ReactElement {
  const user = useUserContext();
  usePolling(user, everyMs);
  return <>{user.data?.user_profile.name}</>;
}

/** Reads that repeat: only as long as somebody looks, and never two at once. */
export function pollingSuite(): void {
  let isHidden = false;
  beforeEach(() => {
    isHidden = false;
    // All but intervals: React and the harness go on as they do.
    jest.useFakeTimers({
      doNotFake: [
        "Date",
        "nextTick",
        "queueMicrotask",
        "setImmediate",
        "setTimeout",
        "clearTimeout",
      ],
    });
    Object.defineProperty(document, "hidden", { configurable: true, get: () => isHidden });
  });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(document, "hidden");
  });

  const pass = (ms: number): Promise<void> => step(() => jest.advanceTimersByTime(ms));
  const reads = (page: Page): number =>
    page.server.lines.filter((line) => line.startsWith("user")).length;
  const show = (page: Page, everyMs: number | null): Promise<void> =>
    open(
      page,
      <StrictMode>
        <UserContext user_id={5}>
          <User everyMs={everyMs} />
        </UserContext>
      </StrictMode>,
    );
  async function openRead(everyMs: number | null): Promise<Page> {
    const page = openPage();
    await show(page, everyMs);
    await page.server.answer(userBundle(5, "Ada"));
    await page.server.answer(motd);
    return page;
  }

  test("reads once each time, and shows what came", async () => {
    const page = await openRead(5000);
    await pass(4999);
    expect(reads(page)).toBe(1);
    await pass(1);
    expect(reads(page)).toBe(2);
    await page.server.answer(userBundle(5, "Grace"));
    expect(page.text()).toBe("Grace");
    await pass(5000);
    expect(reads(page)).toBe(3);
  });

  test("asks for nothing while a read is under way", async () => {
    const page = await openRead(5000);
    await pass(15_000);
    expect(reads(page)).toBe(2);
    await page.server.answer(userBundle(5, "Grace"));
    expect(page.server.waiting).toEqual([]);
  });

  test("waits while nobody looks, and asks once when somebody does", async () => {
    const page = await openRead(5000);
    isHidden = true;
    await pass(20_000);
    expect(reads(page)).toBe(1);
    isHidden = false;
    await step(() => document.dispatchEvent(new Event("visibilitychange")));
    expect(reads(page)).toBe(2);
    await page.server.answer(userBundle(5, "Ada"));
    await step(() => document.dispatchEvent(new Event("visibilitychange")));
    expect(reads(page)).toBe(2);
  });

  test.each([null, 0, Infinity, NaN])("%p pauses it", async (paused) => {
    const page = await openRead(paused);
    await pass(60_000);
    expect(reads(page)).toBe(1);
    await show(page, 1000);
    await pass(1000);
    expect(reads(page)).toBe(2);
    await page.server.answer(userBundle(5, "Ada"));
    await show(page, paused);
    await pass(60_000);
    expect(reads(page)).toBe(2);
  });

  test("ends with its component", async () => {
    const page = await openRead(1000);
    await open(page, null);
    await pass(60_000);
    await step(() => document.dispatchEvent(new Event("visibilitychange")));
    expect(reads(page)).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
}
