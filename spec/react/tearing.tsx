/**
 * One value on one page: while React renders in slices, an answer comes between two of them. What is then on the page
 * is looked at after each change of it, as a visitor would see it. A hook that reads the store as it renders, and
 * follows it by an effect, shows both values side by side; that it does is a test as well, so that this one can fail.
 */
import {
  Suspense,
  startTransition,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useState,
} from "react";
import { createRoot, type Root } from "react-dom/client";
import { createClient, receive, watch, type Client, type Watch } from "@mizan/runtime/client";
import {
  MizanContext,
  UserContext,
  createTestServer,
  useSuspenseUserProfile,
  useUserContext,
  useUserProfile,
  userBundle,
  userContext,
  type TestServer,
} from "./harness.js";

const ROWS = 8;
/** Milliseconds for one row: longer than React renders without letting others in. */
const SLOW = 8;

interface Rig {
  readonly client: Client;
  readonly server: TestServer;
  readonly handle: Watch<{ user_profile: { name: string } }>;
  readonly root: Root;
  readonly element: HTMLElement;
  /** The names that stood side by side, each time the page had changed. */
  readonly shown: Set<string>[];
}

/** A page that has a user called Ada, and a read under way whose answer says Bob. */
async function openRig(): Promise<Rig> {
  const server = createTestServer();
  const client = createClient({ transport: server, retry: 0 });
  const handle = watch(client, userContext, { user_id: 5 });
  await turn();
  server.waiting.shift()?.answer(200, userBundle(5, "Ada"));
  await until(() => handle.getState().status === "success");
  receive(client, { invalidate: ["user"] });
  await turn();
  const element = document.createElement("div");
  document.body.append(element);
  const shown: Set<string>[] = [];
  const look = (): void => {
    const rows = [...element.querySelectorAll("li")].map(({ textContent }) => textContent ?? "");
    if (rows.length > 0) shown.push(new Set(rows));
  };
  // Called when the work that changed the page is done, before anything can be drawn.
  new MutationObserver(look).observe(element, {
    subtree: true,
    childList: true,
    characterData: true,
  });
  return { client, server, handle, root: createRoot(element), element, shown };
}

const turn = () => new Promise((resolve) => setTimeout(resolve));

async function until(isTrue: () => boolean): Promise<void> {
  for (let turns = 0; !isTrue(); turns++) {
    if (turns > 1000) throw new Error("it never came to that");
    await turn();
  }
}

function work(): void {
  for (const end = performance.now() + SLOW; performance.now() < end;);
}

/** Rows that take their time, in the midst of which the read is answered. */
function rowsWith(useName: () => string, server: TestServer, at = 3) {
  let isAnswered = false;
  return function Row({ index }: { readonly index: number }) {
    const name = useName();
    for (const end = performance.now() + SLOW; performance.now() < end;);
    if (index === at && !isAnswered) {
      isAnswered = true;
      // Before the next slice, and after this one: whoever renders does not stop for it.
      setTimeout(() => server.waiting.shift()?.answer(200, userBundle(5, "Bob")));
    }
    return <li>{name}</li>;
  };
}

function List({ Row }: { readonly Row: ReturnType<typeof rowsWith> }) {
  // What comes after the page has changed comes later, as on a page of more than this.
  useLayoutEffect(work);
  return Array.from({ length: ROWS }, (_, index) => <Row key={index} index={index} />);
}

/** What somebody writes who has not heard of `useSyncExternalStore`. */
function useNaive(handle: Rig["handle"]): string {
  const nameOf = () => handle.getState().data?.user_profile.name ?? "?";
  const [name, setName] = useState(nameOf);
  useEffect(() => {
    const update = () => setName(nameOf());
    update();
    return handle.subscribe(update);
  });
  return name;
}

export function tearingSuite(): void {
  let rig: Rig;
  beforeEach(async () => {
    // React slices nothing that `act` renders.
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
    rig = await openRig();
  });
  afterEach(async () => {
    rig.root.unmount();
    rig.handle.release();
    rig.element.remove();
    await turn();
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  });

  /** Shows rows in a transition, and waits until all of them are there and say the new name. */
  async function reveal(useName: () => string): Promise<void> {
    const Row = rowsWith(useName, rig.server);
    let show: (() => void) | undefined;
    function Page() {
      const [isShown, setShown] = useState(false);
      useEffect(() => {
        show = () => setShown(true);
      }, []);
      return (
        <Suspense fallback="…">
          <UserContext user_id={5}>{isShown ? <List Row={Row} /> : null}</UserContext>
        </Suspense>
      );
    }
    rig.root.render(
      <MizanContext client={rig.client}>
        <Page />
      </MizanContext>,
    );
    await until(() => show !== undefined);
    startTransition(() => show?.());
    await settled();
  }

  const settled = () =>
    until(() => rig.element.textContent === "Bob".repeat(ROWS) && rig.server.waiting.length === 1);
  const torn = () => rig.shown.filter((names) => names.size > 1);

  test("a naive subscription shows two values at once", async () => {
    await reveal(() => useNaive(rig.handle));
    expect(torn().map((names) => [...names])).toContainEqual(["Ada", "Bob"]);
  });

  test.each([
    ["a slot hook", () => useUserProfile()?.name ?? "?"],
    ["a context hook", () => useUserContext().data?.user_profile.name ?? "?"],
    ["a suspense hook", () => useSuspenseUserProfile().name],
  ])("%s shows one value in a transition", async (_, useName) => {
    await reveal(useName);
    expect(rig.shown.length).toBeGreaterThan(0);
    expect(torn()).toEqual([]);
  });

  test.each([
    ["a naive subscription tears", true, () => useNaive(rig.handle)],
    ["a slot hook does not", false, () => useUserProfile()?.name ?? "?"],
  ])("while a deferred value is rendered, %s", async (_, tears, useName) => {
    const Row = rowsWith(useName, rig.server);
    let type: ((count: number) => void) | undefined;
    function Page() {
      const [count, setCount] = useState(0);
      useEffect(() => {
        type = setCount;
      }, []);
      const deferred = useDeferredValue(count);
      // Others than before: rows that follow the store already would hear of it in either way.
      return (
        <UserContext user_id={5}>{deferred > 0 && <List key={deferred} Row={Row} />}</UserContext>
      );
    }
    rig.root.render(
      <MizanContext client={rig.client}>
        <Page />
      </MizanContext>,
    );
    await until(() => type !== undefined);
    type?.(1);
    await settled();
    expect(torn().length > 0).toBe(tears);
  });
}
