import {
  StrictMode,
  Suspense,
  useDeferredValue,
  useEffect,
  useState,
  useTransition,
  type ReactNode,
} from "react";
import { rootProvider } from "@mizan/runtime/abi/v1/react";
import { receive, type Transport } from "@mizan/runtime/client";
import { MizanErrorBoundary, type Failed } from "@mizan/runtime/react";
import {
  UserContext,
  contract,
  createTestServer,
  openPage,
  step,
  useSuspenseMotd,
  useSuspenseUserContext,
  useSuspenseUserOrders,
  useSuspenseUserProfile,
  useUserProfile,
  userBundle,
  type Page,
} from "./harness.js";
import { motd, open } from "./views.js";

const LoneRoot = rootProvider(contract);

const Name = () => <b>{useSuspenseUserProfile().name} </b>;
const Orders = () => <i>{useSuspenseUserOrders().join("+")} </i>;
const Motd = () => <u>{useSuspenseMotd()} </u>;
function User() {
  const { data, status, error, isFetching } = useSuspenseUserContext();
  return (
    <u>
      {data.user_profile.name} {status} {error?.code ?? "-"}{" "}
      {isFetching ? "fetching" : "at rest"}{" "}
    </u>
  );
}

const Waits = ({ children }: { readonly children: ReactNode }) => (
  <Suspense fallback="… ">{children}</Suspense>
);
const Fails = ({ error, retry }: Failed) => (
  <button onClick={retry}>{String((error as { code?: unknown }).code ?? error)}</button>
);

/** Reads of users, in the order in which they were asked for. */
const asked = ({ server }: Page): string[] =>
  server.lines.filter((line) => line.startsWith("user")).map((line) => line.slice(5));
/** Answers the read of that user. */
const answer = (page: Page, id: number, body: object, status = 200) =>
  step(() => {
    const at = page.server.waiting.findIndex(({ line }) => line.includes(`"user_id":${id}`));
    page.server.waiting.splice(at, 1)[0]?.answer(status, body);
  });
const broken = { error: true, code: "INTERNAL_ERROR", message: "no" };

export function suspenseSuite(): void {
  const silence = { error: () => {} };
  beforeEach(() => {
    // React reports what boundaries catch.
    const spy = jest.spyOn(console, "error").mockImplementation(() => undefined);
    silence.error = () => spy.mockRestore();
  });
  afterEach(() => silence.error());

  test("hooks suspend until their data is there, and ask once", async () => {
    const page = openPage();
    await open(
      page,
      <UserContext user_id={5}>
        <Waits>
          <Name />
          <Orders />
          <User />
        </Waits>
      </UserContext>,
    );
    expect(page.text()).toBe("… ");
    expect(asked(page)).toEqual(['{"user_id":5}']);
    await answer(page, 5, userBundle(5, "Ada", ["A1", "A2"]));
    expect(page.text()).toBe("Ada A1+A2 Ada success - at rest ");
    expect(asked(page)).toHaveLength(1);
    await step(() => receive(page.client, { invalidate: ["user"] }));
    expect(page.text()).toContain("Ada success - fetching");
    await answer(page, 5, userBundle(5, "Grace"));
    expect(page.text()).toContain("Grace");
  });

  test.each([
    ["outside the boundary", (tree: ReactNode) => <Waits>{tree}</Waits>, (tree: ReactNode) => tree],
    ["inside it", (tree: ReactNode) => tree, (tree: ReactNode) => <Waits>{tree}</Waits>],
  ])("sibling providers %s ask together, not one after the other", async (_, inner, outer) => {
    const page = openPage();
    await open(
      page,
      outer(
        <>
          <UserContext user_id={1}>{inner(<Name />)}</UserContext>
          <UserContext user_id={2}>{inner(<Name />)}</UserContext>
          <UserContext user_id={3}>
            <UserContext user_id={4}>{inner(<Name />)}</UserContext>
          </UserContext>
          {inner(<Motd />)}
        </>,
      ),
    );
    expect(page.server.lines).toContain("global {}");
    for (const id of [1, 2, 4]) expect(asked(page)).toContain(`{"user_id":${id}}`);
    for (const id of [4, 2, 1]) await answer(page, id, userBundle(id, `U${id}`));
    const rest = page.server.waiting.findIndex(({ line }) => line.startsWith("global"));
    await step(() => page.server.waiting.splice(rest, 1)[0]?.answer(200, motd));
    expect(page.text()).toBe("U1 U2 U4 hello ");
    expect(new Set(asked(page)).size).toBe(asked(page).length);
  });

  test("a slot is shown as soon as it is there, also if it is null", async () => {
    const page = openPage();
    const Profile = () => <b>{String(useSuspenseUserProfile())} </b>;
    await open(
      page,
      <UserContext user_id={5}>
        <Waits>
          <Profile />
        </Waits>
        <Waits>
          <Orders />
        </Waits>
      </UserContext>,
    );
    await step(() => page.server.waiting[0]?.bring({ user_profile: null }));
    expect(page.text()).toBe("null … ");
    await answer(page, 5, { user_profile: null, user_orders: ["A1"] });
    expect(page.text()).toBe("null A1 ");
  });

  test("StrictMode asks once", async () => {
    const page = openPage();
    await open(
      page,
      <StrictMode>
        <Waits>
          <UserContext user_id={5}>
            <Name />
          </UserContext>
        </Waits>
      </StrictMode>,
    );
    await answer(page, 5, userBundle(5, "Ada"));
    expect(page.text()).toBe("Ada ");
    expect(asked(page)).toHaveLength(1);
  });

  test("a failed read is thrown to the error boundary, and its retry reads again", async () => {
    const page = openPage();
    const tree = (
      <MizanErrorBoundary fallback={Fails}>
        <Waits>
          <UserContext user_id={5}>
            <Name />
          </UserContext>
        </Waits>
      </MizanErrorBoundary>
    );
    await open(page, tree);
    const retry = () => step(() => page.element.querySelector("button")?.click());
    for (const reads of [1, 2]) {
      await answer(page, 5, broken, 500);
      expect(page.text()).toBe("INTERNAL_ERROR");
      expect(asked(page)).toHaveLength(reads);
      await retry();
      expect(page.text()).toBe("… ");
    }
    await answer(page, 5, userBundle(5, "Ada"));
    expect(page.text()).toBe("Ada ");
    expect(asked(page)).toHaveLength(3);
  });

  test("a boundary shows its part again when somebody else has read what failed there", async () => {
    const page = openPage();
    await open(
      page,
      <StrictMode>
        <UserContext user_id={5}>
          <MizanErrorBoundary fallback={Fails}>
            <Waits>
              <Name />
              <Orders />
            </Waits>
          </MizanErrorBoundary>
        </UserContext>
      </StrictMode>,
    );
    for (const name of ["Ada", "Grace"]) {
      await answer(page, 5, broken, 500);
      expect(page.text()).toBe("INTERNAL_ERROR");
      await step(() => receive(page.client, { invalidate: ["user"] }));
      expect(page.text()).toBe("INTERNAL_ERROR");
      await answer(page, 5, userBundle(5, name, ["A1"]));
      expect(page.text()).toBe(`${name} A1 `);
      await step(() => page.client.reset());
    }
  });

  test("what one user was refused, a boundary does not show to the next", async () => {
    const page = openPage();
    await open(
      page,
      <MizanErrorBoundary fallback={Fails}>
        <Waits>
          <UserContext user_id={5}>
            <Name />
          </UserContext>
        </Waits>
      </MizanErrorBoundary>,
    );
    await answer(page, 5, { error: true, code: "UNAUTHORIZED", message: "no" }, 401);
    expect(page.text()).toBe("UNAUTHORIZED");
    await step(() => page.client.reset());
    expect(page.text()).toBe("… ");
    await answer(page, 5, userBundle(5, "Ada"));
    expect([page.text(), asked(page).length]).toEqual(["Ada ", 2]);
  });

  test("what else is thrown reaches the boundary too, and a retry asks nothing", async () => {
    const page = openPage();
    let isBroken = true;
    function Breaks() {
      if (isBroken) throw new Error("broken");
      return <>mended</>;
    }
    await open(
      page,
      <MizanErrorBoundary fallback={Fails}>
        <Breaks />
      </MizanErrorBoundary>,
    );
    expect(page.text()).toBe("Error: broken");
    isBroken = false;
    await step(() => page.element.querySelector("button")?.click());
    expect([page.text(), asked(page)]).toEqual(["mended", []]);
  });

  test("a failed refetch leaves the old data on the page", async () => {
    const page = openPage();
    await open(
      page,
      <MizanErrorBoundary fallback={Fails}>
        <UserContext user_id={5}>
          <Waits>
            <User />
          </Waits>
        </UserContext>
      </MizanErrorBoundary>,
    );
    await answer(page, 5, userBundle(5, "Ada"));
    await step(() => receive(page.client, { invalidate: ["user"] }));
    await answer(page, 5, broken, 500);
    expect(page.text()).toBe("Ada error INTERNAL_ERROR at rest ");
  });

  function Transition() {
    const [isPending, start] = useTransition();
    const [id, setId] = useState(1);
    return (
      <>
        {isPending ? "pending " : ""}
        <button onClick={() => start(() => setId(id + 1))} />
        <UserContext user_id={id}>
          <Waits>
            <Name />
          </Waits>
        </UserContext>
      </>
    );
  }
  function Deferred({ id }: { readonly id: number }) {
    const deferred = useDeferredValue(id);
    return (
      <UserContext user_id={deferred}>
        <Waits>
          {id === deferred ? "" : "old "}
          <Name />
        </Waits>
      </UserContext>
    );
  }

  test("a transition, and a deferred value, keep the old data until the new is there", async () => {
    const page = openPage();
    await open(page, <Transition />);
    await answer(page, 1, userBundle(1, "Ada"));
    await step(() => page.element.querySelector("button")?.click());
    expect(page.text()).toBe("pending Ada ");
    await answer(page, 2, userBundle(2, "Bob"));
    expect(page.text()).toBe("Bob ");

    await open(page, <Deferred id={1} />);
    await step(() => {});
    expect(page.text()).toBe("Ada ");
    await open(page, <Deferred id={3} />);
    expect(page.text()).toBe("old Ada ");
    await answer(page, 3, userBundle(3, "Cyd"));
    expect(page.text()).toBe("Cyd ");
    expect(asked(page)).toEqual(['{"user_id":1}', '{"user_id":2}', '{"user_id":3}']);
  });

  test("a reset suspends what it emptied, and what still waits asks anew", async () => {
    const page = openPage();
    await open(
      page,
      <Waits>
        <UserContext user_id={5}>
          <Name />
        </UserContext>
      </Waits>,
    );
    await step(() => page.client.reset());
    expect(page.server.waiting.filter(({ line }) => line.startsWith("user"))).toHaveLength(1);
    await answer(page, 5, userBundle(5, "Ada"));
    expect(page.text()).toBe("Ada ");
    await step(() => page.client.reset());
    expect(page.text()).not.toBe("Ada ");
    await answer(page, 5, userBundle(5, "Grace"));
    expect(page.text()).toBe("Grace ");
  });

  test("what was asked for by a component that is gone is there when it comes back", async () => {
    const page = openPage();
    const tree = (
      <Waits>
        <UserContext user_id={5}>
          <Name />
        </UserContext>
      </Waits>
    );
    await open(page, tree);
    expect(page.text()).toBe("… ");
    await open(page, null);
    await answer(page, 5, userBundle(5, "Ada"));
    await open(page, tree);
    expect(page.text()).toBe("Ada ");
    expect(asked(page)).toHaveLength(1);
  });

  test("a transition that another overtakes, or that fails, shows nothing of it", async () => {
    const page = openPage();
    let go = (_id: number) => {};
    function Transition() {
      const [, start] = useTransition();
      const [id, setId] = useState(1);
      useEffect(() => {
        go = (next) => start(() => setId(next));
      }, [start]);
      return (
        <MizanErrorBoundary key={id === 4 ? "other" : "same"} fallback={Fails}>
          <UserContext user_id={id}>
            <Waits>
              <Name />
            </Waits>
          </UserContext>
        </MizanErrorBoundary>
      );
    }
    await open(page, <Transition />);
    await answer(page, 1, userBundle(1, "Ada"));
    await step(() => go(2));
    await step(() => go(3));
    // What an effect says meanwhile of the page that is shown, it shows.
    await step(() =>
      receive(page.client, { invalidate: [{ context: "user", params: { user_id: 1 } }] }),
    );
    await answer(page, 1, userBundle(1, "Ada L."));
    expect(page.text()).toBe("Ada L. ");
    await answer(page, 2, userBundle(2, "Bob"));
    expect(page.text()).toBe("Ada L. ");
    await answer(page, 3, userBundle(3, "Cyd"));
    expect(page.text()).toBe("Cyd ");
    await step(() => go(4));
    expect(page.text()).toMatch(/^(Cyd|…) $/);
    await answer(page, 4, broken, 500);
    expect(page.text()).toBe("INTERNAL_ERROR");
  });

  test.each([
    ["around it", (tree: ReactNode) => <Waits>{tree}</Waits>],
    ["nowhere", (tree: ReactNode) => tree],
  ])("a root that makes its own client asks once, with a boundary %s", async (_, wrap) => {
    const page = openPage();
    const asked: string[] = [];
    function Page() {
      return (
        <LoneRoot baseUrl="/lone" transport={transport}>
          <UserContext user_id={5}>
            <Name />
          </UserContext>
        </LoneRoot>
      );
    }
    const transport: Transport = {
      call: () => Promise.reject(new Error("no calls")),
      fetch: (context, params, { onSend }) => {
        onSend();
        asked.push(`${context} ${JSON.stringify(params)}`);
        // Whoever asks without end waits without end.
        if (asked.length > 5) return new Promise(() => {});
        return Promise.resolve({ status: 200, body: userBundle(5, "Ada") });
      },
    };
    const silence = jest.spyOn(console, "error").mockImplementation(() => undefined);
    await page.render(wrap(<Page />));
    await step(() => {});
    await step(() => {});
    expect(page.text()).toBe("Ada ");
    expect(asked).toHaveLength(1);
    silence.mockRestore();
  });

  test("a root whose options are new each time says so, instead of asking without end", async () => {
    const silence = jest.spyOn(console, "error").mockImplementation(() => undefined);
    const { setTimeout: start } = globalThis;
    const late: (() => void)[] = [];
    const timers = jest.spyOn(globalThis, "setTimeout").mockImplementation(((
      run: () => void,
      ms: number,
    ) => {
      if (ms === 10_000) late.push(run);
      // Nobody waits for a second in a test.
      else return start(run, ms === 1000 ? 0 : ms);
    }) as typeof setTimeout);
    const page = openPage();
    let asked = 0;
    const transport: Transport = {
      call: () => Promise.reject(new Error("no calls")),
      fetch: (_context, _params, { onSend }) => {
        onSend();
        asked++;
        return Promise.resolve({ status: 200, body: userBundle(5, "Ada") });
      },
    };
    const Page = () => (
      <LoneRoot baseUrl="/lone" transport={{ ...transport }}>
        <UserContext user_id={5}>
          <Name />
        </UserContext>
      </LoneRoot>
    );
    await page.render(
      <MizanErrorBoundary fallback={Fails}>
        <Waits>
          <Page />
        </Waits>
      </MizanErrorBoundary>,
    );
    for (let turn = 0; turn < 100 && page.text() === "… "; turn++) {
      await step(() => new Promise((resolve) => start(resolve, 1)));
    }
    expect(page.text()).toContain("MizanContext makes another client each time");
    expect(asked).toBeLessThan(60);
    // It is forgotten after a while: other roots of the contract are not to blame.
    await step(() => late.forEach((run) => run()));
    timers.mockRestore();
    silence.mockRestore();
  });

  describe("a root that makes its own client shares it with no other", () => {
    const silent = (work: () => Promise<void>) => async () => {
      const spy = jest.spyOn(console, "error").mockImplementation(() => undefined);
      await work();
      spy.mockRestore();
    };
    const root = (transport: Transport, tree: ReactNode, baseUrl = "/lone") => (
      <LoneRoot baseUrl={baseUrl} transport={transport}>
        <UserContext user_id={5}>{tree}</UserContext>
      </LoneRoot>
    );
    const Plain = () => <b>{useUserProfile()?.name ?? "?"} </b>;

    test.each([
      ["suspend", <Name key="name" />],
      ["do not", <Plain key="plain" />],
    ])("side by side, although only other options tell them apart, where hooks %s", (_, tree) =>
      silent(async () => {
        const page = openPage();
        const [a, b] = [createTestServer(), createTestServer()];
        await page.render(
          <>
            {root(a, tree)}
            {root(b, tree)}
          </>,
        );
        // One after the other, so that each rendering finds the other one waiting.
        for (const server of [a, b, a, b]) {
          if (server.waiting[0]) await server.answer(userBundle(5, server === a ? "A" : "B"));
          await step(() => {});
        }
        expect(page.text()).toBe("A B ");
        expect([a.lines.length, b.lines.length]).toEqual([1, 1]);
      })(),
    );

    test("nor with the next one at the same place, where it was never shown", () =>
      silent(async () => {
        const page = openPage();
        const [a, b] = [createTestServer(), createTestServer()];
        await page.render(<Waits>{root(a, <Name />)}</Waits>);
        await page.render(<p>out</p>);
        await a.answer(userBundle(5, "A"));
        await page.render(<Waits>{root(b, <Name />)}</Waits>);
        expect(page.text()).toBe("… ");
        await b.answer(userBundle(5, "B"));
        expect(page.text()).toBe("B ");
      })());

    test("nor, with equal options, once it is shown, or was given up a second ago", () =>
      silent(async () => {
        const timers = jest.spyOn(globalThis, "setTimeout");
        const page = openPage();
        const server = createTestServer();
        await page.render(<Waits>{root(server, <Name />)}</Waits>);
        await page.render(<p>out</p>);
        await server.answer(userBundle(5, "A"));
        const due = timers.mock.calls.filter(([, delay]) => delay === 1000);
        timers.mockRestore();
        expect(due).not.toEqual([]);
        await step(() => due.forEach(([run]) => run()));
        await page.render(root(server, <Plain />));
        expect(page.text()).toBe("? ");
        await server.answer(userBundle(5, "B"));
        expect(page.text()).toBe("B ");
        await page.render(
          <>
            {root(server, <Plain />)}
            {root(server, <Plain />)}
          </>,
        );
        // The first one stays.
        expect(page.text()).toBe("B ? ");
        expect(server.waiting).toHaveLength(1);
      })());

    test("nor while it is shown and something below it waits", () =>
      silent(async () => {
        const page = openPage();
        const server = createTestServer();
        const tree = root(server, <Waits>{<Name />}</Waits>);
        await page.render(tree);
        await page.render(
          <>
            {tree}
            {tree}
          </>,
        );
        expect(server.waiting).toHaveLength(2);
      })());
  });
}
