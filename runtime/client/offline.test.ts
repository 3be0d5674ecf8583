/** While the browser says that it is offline, calls fail at once, and reads that get no answer wait and go on. */
import { functionOf } from "./call.js";
import { createClient, type Client } from "./client.js";
import { fetchOf } from "./generated.js";
import { contract, settled, userContext } from "./model/stage.js";
import { watch } from "./watch.js";

const rename = functionOf(contract)<object, unknown, never>("rename");
const fetchUser = fetchOf(userContext);
const bundle = { profile: { name: "Ada" }, orders: [] };

let isOnline = true;
const waiting = new Set<() => void>();

beforeEach(() => {
  isOnline = true;
  jest.useFakeTimers({ doNotFake: ["queueMicrotask", "setImmediate"] });
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: {
      get onLine() {
        return isOnline;
      },
    },
  });
  Object.assign(globalThis, {
    addEventListener: (type: string, listener: () => void) => {
      expect(type).toBe("online");
      waiting.add(listener);
    },
  });
});
afterEach(() => {
  jest.useRealTimers();
  waiting.clear();
  Reflect.deleteProperty(globalThis, "navigator");
  Reflect.deleteProperty(globalThis, "addEventListener");
});

async function comeBack(): Promise<void> {
  isOnline = true;
  for (const listener of waiting) {
    waiting.delete(listener);
    listener();
  }
  await settled();
}

/** A client of a server that answers at once where it can be reached, and what was asked. */
function connected(canReach = () => isOnline): { client: Client; asked: string[] } {
  const asked: string[] = [];
  const client = createClient({
    fetch: async (url) => {
      asked.push(String(url));
      if (!canReach()) throw TypeError("Failed to fetch");
      const path = String(url);
      const body = path.endsWith("/session/") ? { csrfToken: "t" } : { result: 1, ...bundle };
      return Response.json(path.endsWith("/ctx/") ? {} : body, {
        status: path.endsWith("/ctx/") ? 404 : 200,
      });
    },
  });
  return { client, asked };
}

test("a call fails with NETWORK, without waiting for tries that cannot succeed", async () => {
  isOnline = false;
  const { client, asked } = connected();
  await expect(rename({}, { client })).rejects.toMatchObject({ code: "NETWORK" });
  expect(asked).toHaveLength(1);
});

test("a first load without an answer waits, shown as loading, however long, and then asks once", async () => {
  isOnline = false;
  const { client, asked } = connected();
  const handle = watch(client, userContext, { user_id: 5 });
  await settled();
  jest.advanceTimersByTime(3_600_000);
  await settled();
  expect(handle.getState()).toMatchObject({ status: "loading", isFetching: true });
  expect(asked.splice(0)).toHaveLength(1);
  await comeBack();
  await settled();
  expect(handle.getState()).toMatchObject({ status: "success", data: bundle });
  expect(asked.filter((url) => url.includes("user_id=5"))).toHaveLength(1);
});

test("who answers all the same is believed, such as a server on the same machine", async () => {
  isOnline = false;
  const { client, asked } = connected(() => true);
  const handle = watch(client, userContext, { user_id: 5 });
  await settled();
  await settled();
  expect(handle.getState()).toMatchObject({ status: "success", data: bundle });
  await expect(fetchUser({ user_id: 6 }, { client })).resolves.toEqual(bundle);
  expect(waiting.size).toBe(0);
  expect(asked.at(-1)).toContain("user_id=6");
});

test("a read that fails as the connection goes is asked anew, with what is shown kept", async () => {
  const { client } = connected();
  const handle = watch(client, userContext, { user_id: 5 });
  await settled();
  await settled();
  expect(handle.getState().data).toEqual(bundle);
  handle.refetch();
  isOnline = false;
  await settled();
  expect(handle.getState()).toMatchObject({ data: bundle, error: null, isFetching: true });
  await comeBack();
  expect(handle.getState()).toMatchObject({ status: "success", isFetching: false });
});

test("a single read waits as well, and ends at once when its caller gives up", async () => {
  isOnline = false;
  const { client, asked } = connected();
  const controller = new AbortController();
  const read = fetchUser({ user_id: 5 }, { client });
  const given = fetchUser({ user_id: 5 }, { client, signal: controller.signal });
  await settled();
  asked.length = 0;
  controller.abort(Error("enough"));
  await expect(given).rejects.toThrow("enough");
  await comeBack();
  await expect(read).resolves.toEqual(bundle);
  expect(asked.filter((url) => url.includes("user_id=5"))).toHaveLength(1);
});

test("a read whose caller had given up before does not wait", async () => {
  isOnline = false;
  const { client } = connected();
  const signal = AbortSignal.abort(Error("enough"));
  await expect(fetchUser({ user_id: 5 }, { client, signal })).rejects.toThrow("enough");
});

test("an instance that is let go of meanwhile asks for nothing afterwards", async () => {
  isOnline = false;
  const { client, asked } = connected();
  const handle = watch(client, userContext, { user_id: 5 });
  await settled();
  handle.release();
  await settled();
  asked.length = 0;
  await comeBack();
  expect(asked).toEqual([]);
});

test("an error that the server answered is none of the connection", async () => {
  const failing = createClient({
    retry: 0,
    fetch: async () => {
      isOnline = false;
      return Response.json({ error: true, code: "FORBIDDEN" }, { status: 403 });
    },
  });
  await expect(fetchUser({ user_id: 5 }, { client: failing })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});
