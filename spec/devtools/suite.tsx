/**
 * The panel in a document, on every supported React: see `react-18.test.tsx` and `react-19.test.tsx`. What it looks
 * like, and that nothing leaks out of it or in, `spec/browser/desk-devtools.ts` sees in a real browser.
 */
import { TextDecoder, TextEncoder } from "node:util";
import { act, StrictMode, type ReactElement } from "react";
import { createClient, watch } from "@mizan/runtime/client";
import { MizanDevtools, mountDevtools, record } from "@mizan/runtime/devtools";
import { recorderOf } from "../../runtime/devtools/recorder.js";
import {
  closePages,
  MizanContext,
  openPage,
  step,
  userBundle,
  userContext,
  UserContext,
  useRenameUser,
  useUserProfile,
  type Page,
} from "../react/harness.js";

export function panelSuite(): void {
  beforeAll(() => {
    // jsdom has no such coders, and the server's part of React 19 wants them.
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, TextEncoder, TextDecoder });
  });
  beforeEach(() => localStorage.clear());
  afterEach(async () => {
    await closePages();
    await step(() => undefined);
    expect(document.getElementById("mizan-devtools")).toBeNull();
  });
  describe("where it stands", placeSuite);
  describe("what it shows", contentSuite);
  describe("hostile data", hostileSuite);
}

function shadow(): ShadowRoot {
  const root = document.getElementById("mizan-devtools")?.shadowRoot;
  if (!root) throw new Error("there is no panel");
  return root;
}

const all = (selector: string): HTMLElement[] => [
  ...shadow().querySelectorAll<HTMLElement>(selector),
];
const texts = (selector: string): string[] => all(selector).map((one) => one.textContent ?? "");

function button(name: string): HTMLElement {
  const found = all("button").find((one) =>
    (one.getAttribute("aria-label") ?? one.textContent)?.includes(name),
  );
  if (!found) throw new Error(`there is no button ${name} in ${shadow().textContent}`);
  return found;
}
/** The panel shows what happened with the next frame. */
const frame = (): Promise<void> =>
  act(async () => {
    await new Promise((resolve) => requestAnimationFrame(resolve));
  });
const press = async (name: string): Promise<void> => {
  await step(() => button(name).click());
  await frame();
};
const key = (target: Element, name: string): Promise<void> =>
  step(() => {
    const options = { key: name, bubbles: true, composed: true, cancelable: true };
    target.dispatchEvent(new KeyboardEvent("keydown", options));
  });

function Profile(): ReactElement {
  const rename = useRenameUser();
  const profile = useUserProfile();
  return (
    <button onClick={() => void rename.mutate({ user_id: 5, name: "Bob" })}>{profile?.name}</button>
  );
}

/** One user on a page with the panel, which shows Ada. */
async function openUser(open = true): Promise<Page> {
  const page = openPage();
  await page.render(
    <StrictMode>
      <MizanContext client={page.client}>
        <UserContext user_id={5}>
          <Profile />
        </UserContext>
        <MizanDevtools initialIsOpen={open} />
      </MizanContext>
    </StrictMode>,
  );
  await page.server.answer(userBundle(5, "Ada", ["Lamp"]));
  await page.server.answer({ motd: { result: "Hello" } });
  await frame();
  return page;
}

function placeSuite(): void {
  test("a button opens it, Escape closes it, and the focus comes back", async () => {
    const page = await openUser(false);
    expect(page.text()).toBe("Ada");
    expect(texts("button")).toEqual([""]);
    await press("Open the Mizan devtools");
    expect(all("[aria-label='Mizan devtools']")).toHaveLength(1);
    await key(button("Clear"), "Escape");
    expect(shadow().activeElement).toBe(button("Open the Mizan devtools"));
    // It remembers, whatever it is told at first.
    await page.unmount();
    await step(() => undefined);
    localStorage.setItem("mizan-devtools", JSON.stringify({ isOpen: true, height: 200 }));
    const next = await openUser(false);
    expect(all(".drawer")[0]?.style.height).toBe("200px");
    await next.unmount();
  });

  test("what storage holds is believed only if it makes sense, and storage may throw", async () => {
    localStorage.setItem("mizan-devtools", '{"isOpen":"yes","height":-5}');
    const page = await openUser(true);
    expect(all(".drawer")[0]?.style.height).toBe("380px");
    await page.unmount();
    const spy = jest.spyOn(Storage.prototype, "getItem").mockImplementation(() => {
      throw new DOMException("denied");
    });
    jest.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("full");
    });
    await openUser(true);
    await press("Close the devtools");
    expect(all(".drawer")).toEqual([]);
    expect(spy).toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  test("there is one, and nothing is recorded once it is gone", async () => {
    const page = await openUser();
    expect(document.querySelectorAll("#mizan-devtools")).toHaveLength(1);
    expect(recorderOf(page.client)).toBeDefined();
    await page.unmount();
    await step(() => undefined);
    expect(recorderOf(page.client)).toBeUndefined();
  });

  test("keys and clicks in it are none of the page's", async () => {
    const heard: string[] = [];
    const listener = ({ type }: Event): void => void heard.push(type);
    for (const type of ["keydown", "click"]) document.addEventListener(type, listener);
    await openUser();
    await key(all("input")[0] as HTMLElement, "j");
    await press("Clear");
    for (const type of ["keydown", "click"]) document.removeEventListener(type, listener);
    expect(heard).toEqual([]);
  });

  test("its height follows the arrows, and is remembered", async () => {
    await openUser();
    const edge = all("[role='separator']")[0] as HTMLElement;
    await key(edge, "ArrowUp");
    await key(edge, "ArrowUp");
    await key(edge, "ArrowDown");
    expect(all(".drawer")[0]?.style.height).toBe("404px");
    expect(localStorage.getItem("mizan-devtools")).toBe('{"isOpen":true,"height":404}');
  });

  test("without a MizanContext above it wants a client, or names what is missing", async () => {
    const { renderToString } = await import("react-dom/server.node");
    expect(() => renderToString(<MizanDevtools />)).toThrow("Add <MizanContext> above");
    const other = openPage();
    await other.render(<MizanDevtools client={other.client} initialIsOpen />);
    expect(shadow().textContent).toContain("0 contexts");
  });

  test("it can be mounted without a component, and records from then on", async () => {
    const client = createClient();
    let unmount = (): void => undefined;
    await step(() => {
      unmount = mountDevtools(client, { initialIsOpen: true, position: "top-left" });
    });
    expect(shadow().textContent).toContain("No context was asked for yet.");
    await press("Close the devtools");
    expect(all("button.top-left")).toHaveLength(1);
    await step(unmount);
  });

  test("a server renders nothing of it", async () => {
    const { renderToString } = await import("react-dom/server.node");
    const client = createClient();
    expect(renderToString(<MizanDevtools client={client} initialIsOpen />)).toBe("");
    expect(recorderOf(client)).toBeUndefined();
  });
}

function contentSuite(): void {
  test("contexts with params, watchers and status; the filter takes any word of these", async () => {
    const page = await openUser();
    expect(texts(".instance .what")).toEqual(["user {user_id: 5}", "global "]);
    expect(texts(".instance .chip")).toEqual(["fresh", "fresh"]);
    expect(texts(".instance .meta")[0]).toMatch(/^1 watcher · just now$/);

    await step(() => page.element.querySelector("button")?.click());
    await page.server.answer({ result: null, invalidate: ["user"] });
    await frame();
    expect(texts(".instance .chip")).toEqual(["stale", "fetching", "fresh"]);

    const filter = all("input[type='search']")[0] as HTMLInputElement;
    const type = (text: string): Promise<void> =>
      step(() => {
        Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(
          filter,
          text,
        );
        filter.dispatchEvent(new Event("input", { bubbles: true }));
      });
    await type("user STALE");
    expect(texts(".instance .what")).toEqual(["user {user_id: 5}"]);
    await type("(.*");
    expect(texts(".empty")[0]).toBe("No context matches the filter.");
  });

  test("each read says why, also those before it was opened", async () => {
    const page = await openUser();
    expect(texts(".entry .why")).toEqual([
      "mounted, and nothing was there yet",
      "mounted, and nothing was there yet",
    ]);
    await step(() => page.element.querySelector("button")?.click());
    await page.server.answer({
      result: null,
      invalidate: [{ context: "user", params: { user_id: 5 } }],
    });
    await page.server.answer(userBundle(5, "Bob", ["Lamp"]));
    await frame();
    expect(texts(".entry .why").join("\n")).toMatch(
      /because call #\d+ rename_user answered invalidate user \{user_id: 5\}/,
    );
    expect(texts(".took").join(" ")).toContain("1 changed");
  });

  test("a row of the timeline leads to its details, and those to the context", async () => {
    const page = await openUser();
    await step(() => page.element.querySelector("button")?.click());
    const merge = { context: "user", slot: "user_profile", params: { user_id: 5 } };
    await page.server.answer({
      result: null,
      merge: [{ ...merge, value: { user_id: 5, name: "Bob" } }],
      invalidate: [{ function: "user_orders" }],
    });
    await page.server.answer(userBundle(5, "Bob", ["Lamp", "Rug"]));
    await frame();
    await step(() => all(".entry.call")[0]?.click());
    expect(texts(".told .why")).toEqual([
      "merged into user_profile of user {user_id: 5}",
      "user {user_id: 5} became stale",
      "user {user_id: 5} changed user_orders",
    ]);
    await press("user {user_id: 5} changed");
    expect(texts(".details h4")).toEqual(["Why", "What came of it"]);
    await press("Show the context");
    expect(texts(".slot .name")).toContain("user_profile");
    expect(texts(".related .what")).toHaveLength(3);
    // One step back, then out.
    await key(button("Refetch"), "Escape");
    expect(all(".details")).toEqual([]);
    expect(all(".drawer")).toHaveLength(1);
  });

  test("Refetch and Mark stale do what they say", async () => {
    const page = await openUser();
    await press("user {user_id: 5}");
    await press("Refetch");
    expect(page.server.lines.at(-1)).toBe('user {"user_id":5}');
    await page.server.answer(userBundle(5, "Cyd"));
    expect(page.text()).toBe("Cyd");
    await press("Mark stale");
    await page.server.answer(userBundle(5, "Dan"));
    await frame();
    expect(page.text()).toBe("Dan");
    expect(page.server.lines.filter((line) => line.startsWith("global"))).toHaveLength(1);
    expect(texts(".told .why").join()).toContain("invalidate user {user_id: 5}");
    // What others made stale was nobody's call.
    expect(texts(".burst > header").join()).not.toContain("call");
  });

  test("what is kept is bounded, and can be cleared", async () => {
    const page = openPage();
    const stop = record(page.client, { limit: 5 });
    await page.render(<MizanDevtools client={page.client} initialIsOpen />);
    await step(() => {
      watch(page.client, userContext, { user_id: 5 });
      for (let times = 0; times < 9; times++) page.client.reset();
    });
    await frame();
    expect(all(".entry")).toHaveLength(5);
    expect(texts(".empty")).toEqual(["5 earlier ones were let go."]);
    // Whoever is at a row by the keyboard stays there while others are forgotten.
    const [row] = all(".entry").slice(-1);
    await step(() => page.client.reset());
    await frame();
    expect(all(".entry")).toHaveLength(5);
    expect(all(".entry")).toContain(row);
    await press("Clear");
    // What is under way will still be told.
    expect(texts(".took")).toEqual(["under way"]);
    stop();
  });
}

const unfold = (name: string): Promise<void> =>
  step(() =>
    all(".fold")
      .find((one) => one.querySelector(".name")?.textContent === name)
      ?.click(),
  );

const NASTY = '<img src=x onerror="globalThis.hacked = 1"><script>globalThis.hacked = 2</script>';

function hostileSuite(): void {
  test("values, names, params and errors are text, whatever they hold", async () => {
    const page = await openUser();
    await step(() => page.element.querySelector("button")?.click());
    await page.server.answer(
      { error: true, code: NASTY, message: NASTY, details: { a: NASTY } },
      418,
    );
    await press("user {user_id: 5}");
    await press("Refetch");
    await page.server.answer(userBundle(5, NASTY, [NASTY]));
    await press("Refetch");
    await page.server.answer(
      { error: true, code: "X", message: NASTY, details: { [NASTY]: 1 } },
      400,
    );
    await frame();
    expect(shadow().textContent).toContain("<img src=x");
    expect(all("img, script")).toEqual([]);
    expect(Reflect.get(globalThis, "hacked")).toBeUndefined();
  });

  test("what goes round in circles, throws, is endless or no JSON is shown as far as it goes", async () => {
    const circle: Record<string, unknown> = { name: "round" };
    circle["self"] = circle;
    const throwing = Object.defineProperty({}, "bad", {
      enumerable: true,
      get: () => {
        throw new Error("mine");
      },
    });
    const odd = [
      circle,
      throwing,
      10n,
      Symbol("s"),
      () => 1,
      undefined,
      new Date(NaN),
      Object.create(null),
    ];
    const many = Array.from({ length: 1000 }, (_, index) => index);
    const long = "x".repeat(5000);
    const page = await openUser();
    await press("user {user_id: 5}");
    await press("Refetch");
    // Of a transport that brings anything. Values of slots are compared as JSON, but nobody looks at details.
    await page.server.answer(
      { error: true, code: "ODD", message: "", details: { odd, many, long } },
      400,
    );
    await frame();
    for (const name of ["odd", "0", "1"]) await unfold(name);
    const text = shadow().textContent ?? "";
    for (const part of [
      "↻ what it is in",
      "(cannot be read)",
      "10n",
      "Symbol(s)",
      "ƒ",
      "(no date)",
    ]) {
      expect(text).toContain(part);
    }
    await unfold("many");
    expect(texts(".link")).toEqual(
      expect.arrayContaining(["100 more of 1000", "all 5002 characters"]),
    );
    const before = all(".leaf").length;
    await press("100 more of 1000");
    expect(all(".leaf").length).toBe(before + 100);
    await press("all 5002 characters");
    expect(shadow().textContent).toContain(long);
  });
}
