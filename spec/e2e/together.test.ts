/**
 * Reads that belong together, over real sockets: those of one tick, slots of a first load, and what one
 * call made stale. Handlers wait until the test lets them go on, so that order is all that is looked at.
 */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { field, integer, ref } from "@mizan/runtime/abi/v1/server";
import { createClient, watch, type Client } from "@mizan/runtime/client";
import { contextOf, functionOf, type Watch } from "@mizan/runtime/abi/v1/client";
import { nodeListener } from "@mizan/runtime/server";
import { HASH, serverOf } from "../protocol/ask.js";

const NAMES = ["one", "two", "three", "four", "five", "six", "seven", "slow"] as const;

let release: Record<string, () => void> = {};
/** Handlers of these names wait from now on. */
function hold(...names: string[]): void {
  for (const name of names) {
    held[name] = new Promise((resolve) => (release[name] = () => resolve()));
  }
}
let held: Record<string, Promise<void>> = {};
let value = 1;
const answer = (name: string) => async (): Promise<{ v: number }> => {
  await held[name];
  return { v: value };
};

const mizan = serverOf(
  {
    structs: [{ name: "Count", fields: [field("v", integer())] }],
    contexts: [
      ...NAMES.map((name) => ({ name, functions: [name] })),
      { name: "wide", functions: NAMES.map((name) => `wide_${name}`) },
    ],
    functions: [
      ...NAMES.flatMap((name) => [
        { name, output: ref("Count"), boxed: false, context: name },
        { name: `wide_${name}`, output: ref("Count"), boxed: false, context: "wide" },
      ]),
      {
        name: "raise",
        affects: ["one", "slow", "wide"].map((context) => ({ context })),
      },
    ],
  },
  {
    ...Object.fromEntries(
      NAMES.flatMap((name) => [
        [name, answer(name)],
        [`wide_${name}`, answer(name)],
      ]),
    ),
    raise: () => {
      value++;
    },
  },
);

const contract = { hash: HASH, headerPrefix: "X-Mizan-" };
type Bundle = Readonly<Record<string, { readonly v: number }>>;
const contexts = NAMES.map((name) => contextOf(contract)<object, Bundle>(name, { [name]: "" }));
const wide = contextOf(contract)<object, Bundle>(
  "wide",
  Object.fromEntries(NAMES.map((name) => [`wide_${name}`, ""])),
);
const raise = functionOf(contract)<object, null, never>("raise", "box");

let server: Server;
let sent: string[] = [];
let client: Client;
const handles: Watch<Bundle>[] = [];

beforeAll(async () => {
  server = createServer(nodeListener(mizan)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
});
afterAll(async () => {
  await mizan.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});
beforeEach(() => {
  const { port } = server.address() as AddressInfo;
  sent = [];
  held = {};
  release = {};
  value = 1;
  client = createClient({
    baseUrl: `http://127.0.0.1:${port}/api/mizan`,
    csrf: false,
    fetch: (input, init) => {
      sent.push(`${init?.method ?? "GET"} ${new URL(String(input)).pathname}`);
      return fetch(input, init);
    },
  });
});
afterEach(() => {
  for (const handle of handles.splice(0)) handle.release();
  for (const go of Object.values(release)) go();
});

const mount = (context: typeof wide): Watch<Bundle> => {
  const handle = watch(client, context);
  handles.push(handle);
  return handle;
};

/** Resolves at the first change after which that is true. */
function until(isTrue: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (isTrue()) resolve();
      else setTimeout(look, 1);
    };
    look();
  });
}
const isShown = (handle: Watch<Bundle>): boolean => handle.getState().status === "success";

test("of eight reads in one tick, seven are shown while the slow one runs, in one request", async () => {
  hold("slow");
  const all = contexts.map(mount);
  const [slow, ...fast] = all.toReversed();
  await until(() => fast.every(isShown));
  expect(slow?.getState()).toMatchObject({ status: "loading", isFetching: true });
  release["slow"]?.();
  await until(() => all.every(isShown));
  expect(sent).toEqual(["POST /api/mizan/ctx/"]);
});

test("of eight slots of one context, seven are shown while the slow one runs", async () => {
  hold("slow");
  const handle = mount(wide);
  await until(() => Object.keys(handle.getState().slots).length === 7);
  const { slots, data } = handle.getState();
  expect(data).toBeNull();
  release["slow"]?.();
  await until(() => isShown(handle));
  expect(Object.keys(handle.getState().data ?? {})).toHaveLength(8);
  expect(handle.getState().data?.["wide_one"]).toBe(slots["wide_one"]);
  expect(sent).toEqual(["POST /api/mizan/ctx/"]);
});

test("what one call made stale is asked for in one request, and is shown in one step", async () => {
  const all = [...contexts, wide].map(mount);
  await until(() => all.every(isShown));
  sent = [];
  hold("slow");
  const seen = new Set<string>();
  for (const handle of all) {
    handle.subscribe(() =>
      seen.add(all.map((each) => Object.values(each.getState().data ?? {})[0]?.v).join("")),
    );
  }
  await raise({}, { client });
  release["slow"]?.();
  await until(() => all.every((handle) => !handle.getState().isFetching));
  expect(sent).toEqual(["POST /api/mizan/call/", "POST /api/mizan/ctx/"]);
  expect([...seen]).toEqual(["111111111", "211111122"]);
});

test("whoever leaves is not waited for, and the others still come", async () => {
  hold("slow");
  const all = contexts.map(mount);
  const [slow, ...fast] = all.toReversed();
  await until(() => fast.some(isShown));
  slow?.release();
  await until(() => fast.every(isShown));
  expect(sent).toHaveLength(1);
});
