import { StrictMode, useEffect } from "react";
import { receive } from "@mizan/runtime/client";
import { functionOf } from "@mizan/runtime/abi/v1/client";
import {
  UserContext,
  contract,
  openPage,
  step,
  useRenameUser,
  useUserContext,
  useUserOrders,
  useUserProfile,
  userBundle,
} from "./harness.js";
import { Name, Orders, User, motd, open, renders } from "./views.js";

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

  test("a slot of a first load is there before the others, and rendered once", async () => {
    const page = openPage();
    await open(
      page,
      <UserContext user_id={5}>
        <Name />
        <Orders />
        <User />
      </UserContext>,
    );
    const { user_profile, user_orders } = userBundle(5, "Ada", ["A1"]);
    await step(() => page.server.waiting[0]?.bring({ user_profile }));
    expect(page.text()).toBe("Ada ? loading - fetching ?");
    await page.server.answer({ user_profile, user_orders });
    expect(page.text()).toBe("Ada A1 success - at rest Ada");
    expect(renders).toMatchObject({ name: 2, orders: 2 });
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

  test("a provider that is gone in the middle of its first load leaves others alone, and begins anew", async () => {
    const page = openPage();
    const complaints = jest.spyOn(console, "error").mockImplementation(() => undefined);
    const tree = (isThere: boolean) => (
      <>
        {isThere && (
          <UserContext user_id={5}>
            <Name />
          </UserContext>
        )}
        <UserContext user_id={6}>
          <Name />
        </UserContext>
      </>
    );
    await open(page, tree(true));
    const [five, six] = page.server.waiting;
    await step(() => five?.bring({ user_profile: { user_id: 5, name: "Ada" } }));
    expect(page.text()).toBe("Ada ? ");
    await open(page, tree(false));
    const effect = { context: "user", params: { user_id: 5 } };
    await step(() => receive(page.client, { invalidate: [effect] }));
    await step(() => five?.answer(200, userBundle(5, "Ada")));
    await step(() => six?.answer(200, userBundle(6, "Grace")));
    expect(page.text()).toBe("Grace ");
    await open(page, tree(true));
    expect(page.text()).toBe("? Grace ");
    expect(page.server.lines.filter((line) => line === 'user {"user_id":5}')).toHaveLength(2);
    expect(complaints).not.toHaveBeenCalled();
    complaints.mockRestore();
  });

  test("of many hooks only those render whose slot a call changed", async () => {
    const page = openPage();
    const counts: Record<string, number> = {};
    const ids = Array.from({ length: 10 }, (_, index) => index);
    function Counted({ id, useSlot }: { readonly id: string; readonly useSlot: () => unknown }) {
      useSlot();
      useEffect(() => {
        counts[id] = (counts[id] ?? 0) + 1;
      });
      return null;
    }
    await open(
      page,
      ids.map((user_id) => (
        <UserContext key={user_id} user_id={user_id}>
          <Counted id={`profile ${user_id}`} useSlot={useUserProfile} />
          <Counted id={`orders ${user_id}`} useSlot={useUserOrders} />
          <Counted id={`rename ${user_id}`} useSlot={useRenameUser} />
        </UserContext>
      )),
    );
    for (const id of ids) await page.server.answer(userBundle(id, `U${id}`, ["A1"]));
    await page.server.answer(motd);
    for (const id of Object.keys(counts)) counts[id] = 0;

    const merge = (user_id: number, name: string) => ({
      context: "user",
      slot: "user_profile",
      params: { user_id },
      value: { user_id, name },
    });
    const rename = functionOf(contract)<{ user_id: number; name: string }, unknown, never>(
      "rename_user",
    );
    await step(() => void rename({ user_id: 3, name: "Grace" }, { client: page.client }));
    // Of two merges one says what is there already; a new list of equal orders is no news either.
    const merges = [merge(3, "Grace"), merge(4, "U4")];
    await page.server.answer({ result: { user_id: 3, name: "Grace" }, merge: merges });
    expect(Object.entries(counts).filter(([, count]) => count > 0)).toEqual([["profile 3", 1]]);

    await step(() =>
      receive(page.client, { invalidate: [{ context: "user", params: { user_id: 7 } }] }),
    );
    await page.server.answer(userBundle(7, "U7", ["A1", "A2"]));
    expect(Object.entries(counts).filter(([, count]) => count > 0)).toEqual([
      ["profile 3", 1],
      ["orders 7", 1],
    ]);
  });
}
