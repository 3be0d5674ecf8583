/** Tabs of one browser tell each other what became old. In processes of their own, which channels keep alive. */
import { runApart } from "../../spec/support/run-apart.js";

const preamble = `
  import { functionOf } from "./call.js";
  import { createClient } from "./client.js";
  import { contract, totalContext, userContext } from "./model/stage.js";
  import { watch } from "./watch.js";
  globalThis.document = {};
  const channels = { opened: 0, closed: 0 };
  globalThis.BroadcastChannel = class extends globalThis.BroadcastChannel {
    constructor(name) { super(name); channels.opened++; }
    close() { channels.closed++; super.close(); }
  };
  const pause = (ms = 30) => new Promise((resolve) => setTimeout(resolve, ms));
  const rename = functionOf(contract)("rename");
  let effects = {};
  let headers = {};
  const tab = (name, options) => createClient({
    csrf: false,
    ...options,
    fetch: async (url) => {
      console.log(name, "asks", String(url).replace(/.*mizan/, ""));
      if (String(url).endsWith("/ctx/")) return new Response("", { status: 404 });
      return Response.json({ result: 1, ...effects, profile: { name }, orders: [], count: { result: 1 } }, { headers });
    },
  });
  const open = async (name, options) => {
    const client = tab(name, options);
    const handle = watch(client, userContext, { user_id: 5 });
    await pause();
    return { client, handle };
  };`;
const end = `
  await pause();
  process.exit();`;

/** What is printed after `---`. */
const after = (lines: readonly string[]): readonly string[] =>
  lines.slice(lines.indexOf("---") + 1);

test("what a call made old is old in other tabs that show the same server, merges too", () => {
  const printed = runApart(`${preamble}
    const a = await open("a");
    await open("b");
    await open("other server", { baseUrl: "/elsewhere/mizan" });
    await open("alone", { tabs: false });
    console.log("---");
    effects = { invalidate: ["user"] };
    await rename({}, { client: a.client });
    await pause();
    effects = { merge: [{ context: "user", slot: "profile", value: { name: "Cyd" }, params: { user_id: 5 } }] };
    await rename({}, { client: a.client });
    await pause();
    console.log(a.handle.getState().data.profile.name);${end}`);
  expect(after(printed)).toEqual([
    "a asks /call/",
    "a asks /ctx/user/?user_id=5",
    "b asks /ctx/user/?user_id=5",
    "a asks /call/",
    "b asks /ctx/user/?user_id=5",
    "Cyd",
  ]);
});

test("a reset reaches them too, and nobody tells what was told", () => {
  const printed = runApart(`${preamble}
    const a = await open("a");
    await open("b");
    await open("c");
    console.log("---");
    a.client.reset();
    await pause(100);
    headers = { "X-Mizan-Identity": "changed" };
    await rename({}, { client: a.client });
    await pause(100);${end}`);
  const once = ["a", "b", "c"].map((name) => `${name} asks /ctx/user/?user_id=5`);
  const asked = after(printed);
  expect(asked.slice(0, 3).toSorted()).toEqual(once);
  expect(asked[3]).toBe("a asks /call/");
  expect(asked.slice(4).toSorted()).toEqual(once);
});

test("effects of others, which each tab hears by itself, are not told on", () => {
  const printed = runApart(`${preamble}
    const { receive } = await import("./watch.js");
    const a = await open("a");
    await open("b");
    console.log("---");
    receive(a.client, { invalidate: ["user"] });
    await pause(100);${end}`);
  expect(after(printed)).toEqual(["a asks /ctx/user/?user_id=5"]);
});

test("whatever else is said on the channel is harmless", () => {
  const printed = runApart(`${preamble}
    const a = await open("a");
    console.log("---");
    const channel = new BroadcastChannel("mizan /api/mizan");
    for (const message of ["x", 5, true, {}, [], { merge: 5 }, { invalidate: [null] }, { invalidate: {} }]) {
      channel.postMessage(message);
    }
    await pause(100);
    console.log(a.handle.getState().status, a.handle.getState().isStale);${end}`);
  expect(printed.at(-1)).toBe("success false");
  // What cannot be read counts as reaching everything.
  expect(after(printed).filter((line) => line.startsWith("a asks")).length).toBeLessThan(5);
});

test("a listener that mounts something while news are told opens no second channel", () => {
  const printed = runApart(`${preamble}
    const a = await open("a");
    const b = await open("b");
    // As a binding does that mounts what it shows as soon as it changes.
    const stop = b.handle.subscribe(() => {
      stop();
      watch(b.client, totalContext, {});
    });
    effects = { invalidate: ["user"] };
    await rename({}, { client: a.client });
    await pause(100);
    console.log(channels.opened);
    console.log("---");
    effects = { merge: [{ context: "user", slot: "profile", value: { name: "Cyd" }, params: { user_id: 5 } }] };
    await rename({}, { client: b.client });
    await pause(100);
    console.log(b.handle.getState().data.profile.name);${end}`);
  expect(printed).toContain("2");
  // It would hear of its own call, and read what was merged already.
  expect(after(printed)).toEqual(["b asks /call/", "a asks /ctx/user/?user_id=5", "Cyd"]);
});

test("who shows nothing hears the others as long as anything is kept, and then leaves them", () => {
  const printed = runApart(`${preamble}
    const a = await open("a", { gcMs: 200 });
    const b = await open("b", { gcMs: 200 });
    b.handle.release();
    await pause();
    // What is kept is another user's now.
    a.client.reset();
    await pause(50);
    console.log(b.handle.getState().data, channels.closed);
    await pause(600);
    console.log(channels.opened, channels.closed);
    b.handle.retain();
    await pause();
    console.log("---");
    effects = { invalidate: ["user"] };
    await rename({}, { client: a.client });
    await pause(50);
    a.handle.release();
    b.handle.release();
    // The process ends by itself, as no channel is left.
    setTimeout(() => (console.log("still open"), process.exit()), 5000).unref();`);
  expect(printed).toEqual(expect.arrayContaining(["null 0", "2 1"]));
  expect(after(printed).toSorted()).toEqual([
    "a asks /call/",
    "a asks /ctx/user/?user_id=5",
    "b asks /ctx/user/?user_id=5",
  ]);
});

test("a page that may not tell others anything, as where cookies are refused, works alone", () => {
  const printed = runApart(`${preamble}
    globalThis.BroadcastChannel = class {
      constructor() { throw new DOMException("The operation is insecure.", "SecurityError"); }
    };
    const { client, handle } = await open("a");
    console.log(handle.getState().status);
    await rename({}, { client });
    client.reset();
    await pause();
    console.log(handle.getState().status);
    handle.release();${end}`);
  expect(printed.filter((line) => line === "success")).toHaveLength(2);
  expect(printed.join()).not.toMatch(/insecure/);
});

test("the address that is meant where none is given is that of those who give it", () => {
  const printed = runApart(`${preamble}
    const a = await open("a");
    await open("b", { baseUrl: "/api/mizan" });
    console.log("---");
    effects = { invalidate: ["user"] };
    await rename({}, { client: a.client });
    await pause(50);${end}`);
  expect(after(printed)).toContain("b asks /ctx/user/?user_id=5");
});

test("a client outside a page, or with a transport of its own, opens no channel", () => {
  const printed = runApart(`${preamble}
    const { BroadcastChannel } = globalThis;
    globalThis.BroadcastChannel = class extends BroadcastChannel {
      constructor(name) { super(name); console.log("opened", name); }
    };
    delete globalThis.document;
    await open("server");
    globalThis.document = {};
    await open("own", { transport: { fetch: async () => ({ status: 500 }), call: async () => ({ status: 500 }) } });
    await open("page", { baseUrl: "/api" });${end}`);
  expect(printed.filter((line) => line.startsWith("opened"))).toEqual(["opened mizan /api"]);
});
