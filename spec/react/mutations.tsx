import { StrictMode, useEffect, type ReactNode } from "react";
import { MizanError, createClient } from "@mizan/runtime/client";
import { rootProvider } from "@mizan/runtime/abi/v1/react";
import { useUnmountSignal } from "@mizan/runtime/react";
import {
  MizanContext,
  UserContext,
  contract,
  createTestServer,
  openPage,
  step,
  usePing,
  useRenameUser,
  useUserProfile,
  userBundle,
  type Page,
} from "./harness.js";

type Rename = ReturnType<typeof useRenameUser>;

/** Of the same contract, but without its global context: nothing is read below it. */
const LoneRoot = rootProvider(contract);

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

  test("what is pending is known call by call", async () => {
    const rig = await openRig();
    const inputs = ["first", "second", "third"].map((name) => ({ user_id: 5, name }));
    expect(rig.rename().pending).toEqual([]);
    await step(() => {
      for (const input of inputs) rig.rename().mutate(input);
    });
    expect(rig.rename().pending).toEqual(inputs);
    const [, second] = rig.server.waiting;
    await step(() => second?.answer(200, renamed("second")));
    expect(rig.rename().pending).toEqual([inputs[0], inputs[2]]);
    await step(() => rig.rename().reset());
    expect(rig.rename().pending).toEqual([inputs[0], inputs[2]]);
    rig.server.waiting.splice(1, 1);
    await rig.server.answer(notFound, 404);
    await rig.server.answer(renamed("third"));
    expect(rig.rename()).toMatchObject({ pending: [], isPending: false });

    // One input given twice is two calls.
    await step(() => {
      for (const _ of [1, 2]) rig.ping().mutate();
    });
    expect(rig.ping().pending).toEqual([undefined, undefined]);
    await rig.server.answer({ result: { result: true } });
    expect(rig.ping().pending).toEqual([undefined]);
  });

  describe("callbacks", () => {
    /** Notes what is called, and what the page shows then. */
    function listen(rig: Rig, said: string[]) {
      return {
        onSuccess: ({ name }: { name: string }) => said.push(`success ${name}: ${rig.text()}`),
        onError: ({ code }: { code: string }) => said.push(`error ${code}`),
        onSettled: () => said.push("settled"),
      };
    }

    test("are each call's own, and come once", async () => {
      const rig = await openRig();
      const said: string[] = [];
      await step(() => {
        rig.rename().mutate({ user_id: 5, name: "first" }, listen(rig, said));
        rig.rename().mutate({ user_id: 5, name: "second" }, listen(rig, said));
        rig.rename().mutate({ user_id: 5, name: "third" });
      });
      await rig.server.answer(renamed("first"));
      expect(said).toEqual([expect.stringContaining("success first"), "settled"]);
      said.length = 0;
      await rig.server.answer(notFound, 404);
      expect(said).toEqual(["error USER_NOT_FOUND", "settled"]);
      await rig.server.answer(renamed("third"));
      expect(said).toHaveLength(2);
    });

    test("come after a reset and after the component is gone, too; an abort is settled only", async () => {
      const rig = await openRig();
      const said: string[] = [];
      const controller = new AbortController();
      await step(() => {
        const options = { signal: controller.signal, ...listen(rig, said) };
        rig.rename().mutate({ user_id: 5, name: "first" }, options);
        rig.rename().mutate({ user_id: 5, name: "second" }, listen(rig, said));
        rig.rename().reset();
      });
      await step(() => controller.abort());
      expect(said).toEqual(["settled"]);
      await rig.unmount();
      rig.server.waiting.shift();
      await rig.server.answer(renamed("second"));
      expect(said).toEqual(["settled", "success second: ", "settled"]);
    });

    test("that throw change nothing else, and are reported", async () => {
      const rig = await openRig();
      const said: string[] = [];
      // The test runner takes what nobody handles for its own: here it is handled where it would be reported.
      const { finally: last } = Promise.prototype;
      const reported: Promise<unknown>[] = [];
      const spy = jest.spyOn(Promise.prototype, "finally").mockImplementation(function (
        this: Promise<unknown>,
        then,
      ) {
        const ended = Reflect.apply(last, this, [then]) as Promise<unknown>;
        reported.push(ended);
        ended.catch(() => undefined);
        return ended;
      });
      let result: Promise<unknown> = Promise.resolve();
      await step(() => {
        result = rig.rename().mutate(
          { user_id: 5, name: "Grace" },
          {
            onSuccess: () => {
              throw new Error("thrown");
            },
            onSettled: () => said.push("settled"),
          },
        );
      });
      await rig.server.answer(merged("Grace"));
      expect(rig.text()).toBe("at rest Grace Grace");
      await expect(result).resolves.toEqual({ user_id: 5, name: "Grace" });
      await step(() => {
        const onError = () => Promise.reject(new Error("rejected"));
        rig.rename().mutate({ user_id: 5, name: "Grace" }, { onError });
      });
      await rig.server.answer(notFound, 404);
      spy.mockRestore();
      expect(rig.text()).toBe("at rest USER_NOT_FOUND Grace");
      expect(said).toEqual(["settled"]);
      const outcomes = await Promise.allSettled(reported);
      const reasons = outcomes
        .flatMap((one) => (one.status === "rejected" ? [one.reason] : []))
        // The promise of the call itself, which the hook handles.
        .filter((reason) => !(reason instanceof MizanError));
      expect(reasons.map(String)).toEqual(["Error: thrown", "Error: rejected"]);
    });
  });

  test("another client's calls, and what they were answered, are not shown", async () => {
    const rig = await openRig();
    const page = openPage();
    let rename: Rename | undefined;
    function Rename() {
      const current = useRenameUser();
      useEffect(() => {
        rename = current;
      });
      return <>{current.data?.name ?? "nothing"}</>;
    }
    const tree = (client: Page["client"]) => (
      <MizanContext client={client}>
        <Rename />
      </MizanContext>
    );
    await page.render(tree(rig.client));
    await rig.server.answer({ motd: { result: "" } }).catch(() => undefined);
    await step(() => void rename?.mutate({ user_id: 5, name: "Ada" }));
    await rig.server.answer(renamed("Ada"));
    expect(page.text()).toBe("Ada");
    await page.render(tree(createClient({ transport: createTestServer() })));
    expect(page.text()).toBe("nothing");
  });

  test("what the calls of another user were answered, or will be, is not shown after a sign-out", async () => {
    const rig = await openRig();
    const { mutate } = rig.rename();
    await step(() => void mutate({ user_id: 5, name: "Grace" }));
    await rig.server.answer(renamed("Grace"));
    expect(rig.text()).toBe("at rest Grace Ada");
    const theirs = { user_id: 5, name: "Theirs" };
    await step(() => void mutate(theirs));
    const [call] = rig.server.waiting;
    await step(() => rig.client.reset());
    expect(rig.text()).toBe("at rest nothing ");
    expect(rig.rename().pending).toEqual([]);
    // The same input again: it is not the call of the other user that it waits for.
    await step(() => void mutate(theirs));
    expect(rig.rename().pending).toEqual([theirs]);
    await step(() => call?.answer(200, renamed("Theirs")));
    expect(rig.rename()).toMatchObject({ pending: [theirs], isPending: true, data: null });
    const own = rig.server.waiting.find((asked) => asked !== call && /^rename/.test(asked.line));
    await step(() => own?.answer(200, renamed("Ours")));
    expect(rig.rename()).toMatchObject({ pending: [], data: { name: "Ours" } });
    expect(rig.rename().mutate).toBe(mutate);
  });

  test("a sign-out reaches hooks that call where nothing is read, too", async () => {
    const page = openPage();
    const Rename = () => {
      const { mutate, data } = useRenameUser();
      return <b onClick={() => mutate({ user_id: 5, name: "Ada" })}>{data?.name ?? "nothing"}</b>;
    };
    await page.render(
      <LoneRoot client={page.client}>
        <Rename />
      </LoneRoot>,
    );
    page.element.ownerDocument.body.append(page.element);
    await step(() => page.element.querySelector("b")?.click());
    await page.server.answer(renamed("Ada"));
    expect(page.text()).toBe("Ada");
    await step(() => page.client.reset());
    expect(page.text()).toBe("nothing");
    page.element.remove();
  });

  test("a late answer to another client does not take away what this one shows", async () => {
    const rig = await openRig();
    const other = openPage();
    const tree = (client: Page["client"]) => (
      <MizanContext client={client}>
        <UserContext user_id={5}>
          <Both />
        </UserContext>
      </MizanContext>
    );
    let mutate: Rename["mutate"] | undefined;
    function Both() {
      const rename = useRenameUser();
      useEffect(() => {
        mutate = rename.mutate;
      });
      return <>{rename.data?.name ?? "nothing"}</>;
    }
    const page = openPage();
    await page.render(tree(rig.client));
    await step(() => void mutate?.({ user_id: 5, name: "Late" }));
    const late = rig.server.waiting.find(({ line }) => line.startsWith("rename"));
    await page.render(tree(other.client));
    await step(() => void mutate?.({ user_id: 5, name: "Shown" }));
    const call = other.server.waiting.find(({ line }) => line.startsWith("rename"));
    await step(() => call?.answer(200, renamed("Shown")));
    expect(page.text()).toBe("Shown");
    await step(() => late?.answer(200, renamed("Late")));
    expect(page.text()).toBe("Shown");
  });

  test.each([
    ["", (tree: ReactNode) => tree],
    [" in StrictMode", (tree: ReactNode) => <StrictMode>{tree}</StrictMode>],
  ])("a call ends with its component only if it was told to%s", async (_, wrap) => {
    const page = openPage();
    const outcomes: string[] = [];
    const tell = (which: string, call: Promise<unknown>): void =>
      void call.then(
        () => outcomes.push(`${which} answered`),
        (error: Error) => outcomes.push(`${which} ${error.name}`),
      );
    let start = () => {};
    function Saves() {
      const rename = useRenameUser();
      const signal = useUnmountSignal();
      useEffect(() => {
        start = () => {
          tell("told", rename.mutate({ user_id: 5, name: "a" }, { signal }));
          tell("other", rename.mutate({ user_id: 5, name: "b" }));
        };
      });
      return null;
    }
    const root = (tree: ReactNode) =>
      page.render(<MizanContext client={page.client}>{tree}</MizanContext>);
    await root(wrap(<Saves />));
    await step(() => start());
    expect(outcomes).toEqual([]);
    await root(null);
    await step(() => {});
    expect(outcomes).toEqual(["told AbortError"]);
    const calls = page.server.waiting.filter(({ line }) => line.startsWith("rename"));
    expect(calls).toHaveLength(2);
    await step(() => calls.forEach((call) => call.answer(200, renamed("b"))));
    expect(outcomes).toEqual(["told AbortError", "other answered"]);

    // Mounted again, it can call again.
    await root(wrap(<Saves />));
    await step(() => start());
    expect(outcomes).toHaveLength(2);
  });
}
