import { useEffect } from "react";
import { MizanError } from "@mizan/runtime/client";
import {
  MizanContext,
  UserContext,
  openPage,
  step,
  usePing,
  useRenameUser,
  useUserProfile,
  userBundle,
  type Page,
} from "./harness.js";

type Rename = ReturnType<typeof useRenameUser>;

interface Rig extends Page {
  readonly rename: () => Rename;
  readonly ping: () => ReturnType<typeof usePing>;
}

async function openRig(): Promise<Rig> {
  const page = openPage();
  const held: { rename?: Rename; ping?: ReturnType<typeof usePing> } = {};
  function Rename() {
    const rename = useRenameUser();
    const ping = usePing();
    useEffect(() => {
      Object.assign(held, { rename, ping });
    });
    const outcome = rename.error?.code ?? rename.data?.name ?? "nothing";
    return (
      <p>
        {rename.isPending ? "pending" : "at rest"} {outcome} {useUserProfile()?.name}
      </p>
    );
  }
  await page.render(
    <MizanContext client={page.client}>
      <UserContext user_id={5}>
        <Rename />
      </UserContext>
    </MizanContext>,
  );
  await page.server.answer(userBundle(5, "Ada"));
  await page.server.answer({ motd: { result: "" } });
  page.server.lines.length = 0;
  const known = <Value,>(value: Value | undefined): Value => {
    if (value === undefined) throw new Error("the page was not rendered");
    return value;
  };
  return { ...page, rename: () => known(held.rename), ping: () => known(held.ping) };
}

const notFound = {
  error: true,
  code: "USER_NOT_FOUND",
  message: "User not found",
  details: { user_id: 5 },
};
const renamed = (name: string) => ({ result: { user_id: 5, name } });
const merged = (name: string) => ({
  ...renamed(name),
  merge: [
    { context: "user", slot: "user_profile", value: { user_id: 5, name }, params: { user_id: 5 } },
  ],
});

export function mutationSuite(): void {
  test("shows the way of a call, and its merge without another request", async () => {
    const rig = await openRig();
    let result: Promise<unknown> = Promise.resolve();
    await step(() => {
      result = rig.rename().mutate({ user_id: 5, name: "Grace" });
    });
    expect(rig.text()).toBe("pending nothing Ada");
    await rig.server.answer(merged("Grace"));
    expect(rig.text()).toBe("at rest Grace Grace");
    await expect(result).resolves.toEqual({ user_id: 5, name: "Grace" });
    expect(rig.server.lines).toEqual(['rename_user({"user_id":5,"name":"Grace"})']);
  });

  test("an invalidation refetches exactly what it names", async () => {
    const rig = await openRig();
    await step(() => void rig.rename().mutate({ user_id: 5, name: "Grace" }));
    await rig.server.answer({
      ...renamed("Grace"),
      invalidate: [
        { context: "user", params: { user_id: 5 } },
        { context: "user", params: { user_id: 6 } },
      ],
    });
    expect(rig.server.lines).toHaveLength(2);
    expect(rig.server.lines[1]).toBe('user {"user_id":5}');
    await rig.server.answer(userBundle(5, "Grace"));
    expect(rig.text()).toBe("at rest Grace Grace");
  });

  test("a failure is the hook's error, the promise's rejection, and nobody's unhandled one", async () => {
    const rig = await openRig();
    const complaints: unknown[] = [];
    const onUnhandled = (reason: unknown) => complaints.push(reason);
    process.on("unhandledRejection", onUnhandled);
    await step(() => void rig.rename().mutate({ user_id: 5, name: "Grace" }));
    await rig.server.answer(notFound, 404);
    expect(rig.text()).toBe("at rest USER_NOT_FOUND Ada");
    expect(rig.rename().error?.details.user_id).toBe(5);

    let awaited: Promise<unknown> = Promise.resolve();
    await step(() => {
      awaited = rig.rename().mutate({ user_id: 5, name: "Grace" });
    });
    expect(rig.text()).toBe("pending nothing Ada");
    await rig.server.answer(notFound, 404);
    await expect(awaited).rejects.toBeInstanceOf(MizanError);

    // Unhandled rejections are reported after the microtasks of a turn.
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", onUnhandled);
    expect(complaints).toEqual([]);
  });

  test("of overlapping calls the latest is shown, and pending lasts until all are done", async () => {
    const rig = await openRig();
    await step(() => {
      rig.rename().mutate({ user_id: 5, name: "first" });
      rig.rename().mutate({ user_id: 5, name: "second" });
    });
    const [first, second] = rig.server.waiting;
    await step(() => second?.answer(200, renamed("second")));
    expect(rig.text()).toBe("pending second Ada");
    await step(() => first?.answer(404, notFound));
    expect(rig.text()).toBe("at rest second Ada");
  });

  test("reset forgets what was and what comes", async () => {
    const rig = await openRig();
    await step(() => void rig.rename().mutate({ user_id: 5, name: "Grace" }));
    await rig.server.answer(renamed("Grace"));
    await step(() => rig.rename().reset());
    expect(rig.text()).toBe("at rest nothing Ada");

    await step(() => void rig.rename().mutate({ user_id: 5, name: "Grace" }));
    await step(() => rig.rename().reset());
    expect(rig.text()).toBe("pending nothing Ada");
    await rig.server.answer(merged("Grace"));
    expect(rig.text()).toBe("at rest nothing Grace");
  });

  test("an aborted call is no error to show", async () => {
    const rig = await openRig();
    const controller = new AbortController();
    await step(() => {
      rig.rename().mutate({ user_id: 5, name: "Grace" }, { signal: controller.signal });
    });
    await step(() => controller.abort());
    expect(rig.text()).toBe("at rest nothing Ada");
  });

  test("mutate and reset keep their identity, and arguments may be left out where nothing is required", async () => {
    const rig = await openRig();
    const { mutate, reset } = rig.rename();
    let pinged: Promise<boolean> = Promise.resolve(false);
    await step(() => {
      pinged = rig.ping().mutate();
    });
    await rig.server.answer({ result: { result: true } });
    await expect(pinged).resolves.toBe(true);
    await step(() => void mutate({ user_id: 5, name: "Grace" }));
    await rig.server.answer(renamed("Grace"));
    expect(rig.rename().mutate).toBe(mutate);
    expect(rig.rename().reset).toBe(reset);
  });

  test("an answer after the component is gone disturbs nobody", async () => {
    const rig = await openRig();
    let result: Promise<unknown> = Promise.resolve();
    await step(() => {
      result = rig.rename().mutate({ user_id: 5, name: "Grace" });
    });
    await rig.unmount();
    await rig.server.answer(renamed("Grace"));
    await expect(result).resolves.toEqual({ user_id: 5, name: "Grace" });
  });
}
