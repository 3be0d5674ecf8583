import { StrictMode, useEffect, useState, type ReactNode } from "react";
import { receive } from "@mizan/runtime/client";
import {
  MizanContext,
  OddContext,
  UserContext,
  openPage,
  step,
  useOddValue,
  useUserContext,
  useUserOrders,
  useUserProfile,
  userBundle,
  type Page,
} from "./harness.js";

const renders = { name: 0, orders: 0, user: 0 };

/** Outside StrictMode an effect without dependencies runs once per rendering. */
function useCount(which: keyof typeof renders): void {
  useEffect(() => {
    renders[which] += 1;
  });
}

function Name() {
  useCount("name");
  return <b>{useUserProfile()?.name ?? "?"} </b>;
}
function Orders() {
  useCount("orders");
  return <i>{useUserOrders()?.join("+") ?? "?"} </i>;
}
function User() {
  useCount("user");
  const { status, error, isFetching, data } = useUserContext();
  return (
    <u>
      {status} {error?.code ?? "-"} {isFetching ? "fetching" : "at rest"}{" "}
      {data?.user_profile.name ?? "?"}
    </u>
  );
}

const motd = { motd: { result: "hello" } };

/** The tree below a root, its global context answered. */
async function open(page: Page, tree: ReactNode): Promise<void> {
  await page.render(<MizanContext client={page.client}>{tree}</MizanContext>);
}

export function contextSuite(): void {
  beforeEach(() => Object.assign(renders, { name: 0, orders: 0, user: 0 }));

  test("a provider asks once for all the hooks below it", async () => {
    const page = openPage();
    await open(
      page,
      <UserContext user_id={5}>
        <Name />
        <Orders />
        <User />
      </UserContext>,
    );
    expect(page.server.lines).toEqual(['user {"user_id":5}', "global {}"]);
    expect(page.text()).toBe("? ? loading - fetching ?");

    await page.server.answer(userBundle(5, "Ada", ["A1"]));
    expect(page.text()).toBe("Ada A1 success - at rest Ada");
    expect(page.events.filter(({ type }) => type === "mount")).toHaveLength(2);
  });

  test("siblings and nested providers ask together, not one after the other", async () => {
    const page = openPage();
    await open(
      page,
      <>
        <UserContext user_id={1}>
          <UserContext user_id={2}>
            <Name />
          </UserContext>
        </UserContext>
        <UserContext user_id={3} />
      </>,
    );
    expect(page.server.lines.filter((line) => line.startsWith("user"))).toHaveLength(3);
  });

  test("two providers of one instance share it", async () => {
    const page = openPage();
    const two = (
      <>
        <UserContext user_id={5} limit={null}>
          <Name />
        </UserContext>
        <UserContext params={{ user_id: 5 }}>
          <Name />
        </UserContext>
      </>
    );
    await open(page, two);
    expect(page.server.lines.filter((line) => line.startsWith("user"))).toHaveLength(1);
    await page.server.answer(userBundle(5, "Ada"));
    expect(page.text()).toBe("Ada Ada ");
  });

  test("a slot hook re-renders only when its slot changes", async () => {
    const page = openPage();
    await open(
      page,
      <UserContext user_id={5}>
        <Name />
        <Orders />
        <User />
      </UserContext>,
    );
    await page.server.answer(userBundle(5, "Ada", ["A1"]));
    await page.server.answer(motd);
    expect(renders).toEqual({ name: 2, orders: 2, user: 2 });

    await step(() => receive(page.client, { invalidate: ["user"] }));
    await page.server.answer(userBundle(5, "Ada", ["A1", "A2"]));
    expect(page.text()).toContain("A1+A2");
    expect(renders).toMatchObject({ name: 2, orders: 3 });

    await step(() => receive(page.client, { invalidate: ["user"] }));
    await page.server.answer(userBundle(5, "Grace", ["A1", "A2"]));
    expect(renders).toMatchObject({ name: 3, orders: 3 });
  });

  test("StrictMode asks once and leaves one registration, unmounting none", async () => {
    const page = openPage();
    await open(
      page,
      <StrictMode>
        <UserContext user_id={5}>
          <Name />
        </UserContext>
      </StrictMode>,
    );
    expect(page.server.lines.filter((line) => line.startsWith("user"))).toHaveLength(1);
    const balance = () =>
      page.events.reduce(
        (sum, event) =>
          "key" in event && event.key.startsWith("user")
            ? sum + (event.type === "mount" ? 1 : event.type === "unmount" ? -1 : 0)
            : sum,
        0,
      );
    expect(balance()).toBe(1);
    await page.render(null);
    expect(balance()).toBe(0);
  });

  test("unmounting breaks off the read that nobody waits for", async () => {
    const page = openPage();
    await open(page, <UserContext user_id={5} />);
    const asked = page.server.waiting.find(({ line }) => line.startsWith("user"));
    await open(page, null);
    expect(asked?.signal?.aborted).toBe(true);
  });

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
  });

  test("a failed refetch leaves the old data beside the error, and refetch tries again", async () => {
    const page = openPage();
    let refetch = () => {};
    function Refetch() {
      const user = useUserContext();
      useEffect(() => {
        refetch = user.refetch;
      }, [user]);
      return null;
    }
    await open(
      page,
      <UserContext user_id={5}>
        <User />
        <Refetch />
      </UserContext>,
    );
    await page.server.answer(userBundle(5, "Ada"));
    await page.server.answer(motd);
    await step(() => refetch());
    await page.server.answer({ error: true, code: "INTERNAL_ERROR", message: "no" }, 500);
    expect(page.text()).toBe("error INTERNAL_ERROR at rest Ada");
    await step(() => refetch());
    await page.server.answer(userBundle(5, "Grace"));
    expect(page.text()).toBe("success - at rest Grace");
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

  describe("returns to the page", () => {
    const count = (page: Page) =>
      page.server.lines.filter((line) => line.startsWith("user")).length;
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
  });
}
