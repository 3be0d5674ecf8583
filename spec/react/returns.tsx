import type { ReactNode } from "react";
import { MizanContext, UserContext, openPage, step, userBundle, type Page } from "./harness.js";
import { motd, open } from "./views.js";

/** What happens when the window gets the focus back, or the browser its connection. */
export function returnSuite(): void {
  const count = (page: Page) => page.server.lines.filter((line) => line.startsWith("user")).length;
  const fire = (name: string) =>
    step(() => {
      dispatchEvent(new Event(name));
      if (name === "focus") document.dispatchEvent(new Event("visibilitychange"));
    });

  async function openRead(tree: ReactNode): Promise<Page> {
    const page = openPage();
    await open(page, tree);
    await page.server.answer(userBundle(5, "Ada"));
    return page;
  }

  test("ask nothing by themselves", async () => {
    const page = await openRead(<UserContext user_id={5} />);
    await fire("focus");
    await fire("online");
    expect(count(page)).toBe(1);
  });

  test("ask once where the provider wants that, and not after it is gone", async () => {
    const page = await openRead(<UserContext user_id={5} refetchOnFocus />);
    await fire("focus");
    expect(count(page)).toBe(2);
    await fire("online");
    expect(count(page)).toBe(2);
    await open(page, null);
    await fire("focus");
    expect(count(page)).toBe(2);
  });

  test("ask at a reconnect where the root wants that and the provider does not object", async () => {
    const page = openPage();
    await page.render(
      <MizanContext client={page.client} refetchOnReconnect>
        <UserContext user_id={5} />
        <UserContext user_id={6} refetchOnReconnect={false} />
      </MizanContext>,
    );
    await page.server.answer(userBundle(5, "Ada"));
    await page.server.answer(userBundle(6, "Grace"));
    await page.server.answer(motd);
    page.server.lines.length = 0;
    await fire("online");
    expect(page.server.lines).toEqual(['user {"user_id":5}', "global {}"]);
  });
}
