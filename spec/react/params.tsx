import { useEffect, useState } from "react";
import { createClient } from "@mizan/runtime/client";
import {
  MizanContext,
  OddContext,
  UserContext,
  openPage,
  step,
  useOddValue,
  userBundle,
  type Page,
} from "./harness.js";
import { Name, User, motd, open } from "./views.js";

export function paramSuite(): void {
  test("other params show nothing until their answer came", async () => {
    const page = openPage();
    const tree = (user_id: number) => (
      <UserContext user_id={user_id}>
        <Name />
        <User />
      </UserContext>
    );
    await open(page, tree(1));
    await page.server.answer(userBundle(1, "Ada"));
    await page.server.answer(motd);
    await open(page, tree(2));
    expect(page.text()).toBe("? loading - fetching ?");
    await page.server.answer(userBundle(2, "Grace"));
    expect(page.text()).toBe("Grace success - at rest Grace");
  });

  describe("keepPrevious", () => {
    const tree = (user_id: number) => (
      <UserContext user_id={user_id} keepPrevious>
        <Name />
        <User />
      </UserContext>
    );

    async function openFirst(): Promise<Page> {
      const page = openPage();
      await open(page, tree(1));
      await page.server.answer(userBundle(1, "Ada"));
      await page.server.answer(motd);
      return page;
    }

    test("shows the old data until the new arrived, also over two changes", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      expect(page.text()).toBe("Ada success - fetching Ada");
      await open(page, tree(3));
      expect(page.text()).toBe("Ada success - fetching Ada");
      await page.server.answer(userBundle(3, "Grace"));
      expect(page.text()).toBe("Grace success - at rest Grace");
    });

    test("never shows slots of two instances side by side", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      await step(() => page.server.waiting[0]?.bring({ user_profile: { name: "Grace" } }));
      expect(page.text()).toBe("Ada success - fetching Ada");
    });

    test("ends with a failure of the new", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      await page.server.answer({ error: true, code: "NOT_FOUND", message: "gone" }, 404);
      expect(page.text()).toBe("? error NOT_FOUND at rest ?");
    });

    test("does not outlive a change of identity", async () => {
      const page = await openFirst();
      await open(page, tree(2));
      await step(() => page.client.reset());
      expect(page.text()).toBe("? loading - fetching ?");
    });

    test("shows nothing of another client", async () => {
      const page = await openFirst();
      const other = createClient({ transport: page.server });
      await page.render(<MizanContext client={other}>{tree(2)}</MizanContext>);
      expect(page.text()).toBe("? loading - fetching ?");
    });
  });

  test("params with React's own names go in through params", async () => {
    const page = openPage();
    function Odd() {
      return <b>{useOddValue() ?? "?"}</b>;
    }
    await open(
      page,
      <OddContext params={{ key: "k", children: 2 }}>
        <Odd />
      </OddContext>,
    );
    expect(page.server.lines[0]).toBe('odd {"children":2,"key":"k"}');
    await page.server.answer({ odd_value: { result: "yes" } });
    expect(page.text()).toBe("yes");
  });

  test("inline params that say the same again ask nothing again", async () => {
    const page = openPage();
    let again = () => {};
    function Parent() {
      const [count, setCount] = useState(0);
      useEffect(() => {
        again = () => setCount((before) => before + 1);
      }, []);
      return <UserContext params={{ user_id: 5 }} keepPrevious={count > 5} />;
    }
    await open(page, <Parent />);
    await step(() => again());
    await step(() => again());
    expect(page.server.lines.filter((line) => line.startsWith("user"))).toHaveLength(1);
    expect(page.events.filter(({ type }) => type === "unmount")).toHaveLength(0);
  });
}
