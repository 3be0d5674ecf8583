/**
 * What many mounted instances cost: the time of an effect that concerns one of a thousand, and the memory of ten
 * thousand, in a process of its own with the built package. Each has two slots, a listener and data of its own.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { median, table } from "./measure.mjs";

const script = fileURLToPath(import.meta.url);

/** Milliseconds of a call whose effect concerns one instance, megabytes of 10,000 of them. */
export function measureInstances({ rounds = 7 } = {}) {
  const runs = Array.from({ length: rounds }, () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--expose-gc", script, "--measure"],
      { encoding: "utf8" },
    );
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout);
  });
  return Object.fromEntries(
    Object.keys(runs[0]).map((key) => [key, median(runs.map((run) => run[key]))]),
  );
}

export function benchInstances() {
  const { aloneMs, mergeMs, invalidateMs, megabytes, dataMegabytes, mountSeconds } =
    measureInstances();
  const perCall = (value) => `${value.toFixed(3)} ms`;
  table(
    "Instances of the client",
    ["", ""],
    [
      ["a call with a merge, 1 instance mounted", perCall(aloneMs)],
      ["a call with a merge for one of 1,000", perCall(mergeMs)],
      ["a call with an invalidation of one of 1,000, and its read", perCall(invalidateMs)],
      ["mounting 10,000 instances, with their reads", `${mountSeconds.toFixed(1)} s`],
      [
        "10,000 instances",
        `${megabytes.toFixed(1)} MB, of which data ${dataMegabytes.toFixed(1)} MB`,
      ],
    ],
  );
}

if (process.argv.includes("--measure")) console.log(JSON.stringify(await measure()));

async function measure() {
  const { contextOf, functionOf, watchOf } = await import("@mizan/runtime/abi/v1/client");
  const { createClient } = await import("@mizan/runtime/client");
  const contract = { hash: "instances", headerPrefix: "X-Mizan-" };
  const watch = watchOf(
    contextOf(contract)("user", { profile: "user_id:integer", orders: "user_id:integer" }),
  );
  const change = functionOf(contract)("change");
  const profileOf = (id) => ({ id, name: `Person ${id}`, email: `person${id}@example.org` });
  const orderOf = (id, index) => ({ id: 10 * id + index, title: `Order ${index} of ${id}` });
  const bundleOf = (id) => ({
    profile: profileOf(id),
    orders: [0, 1, 2].map((index) => orderOf(id, index)),
  });
  // As JSON brings it: nothing is shared.
  const answer = (body) => ({ status: 200, body: JSON.parse(JSON.stringify(body)) });
  const open = () =>
    createClient({
      transport: {
        call: async (_fn, { id, isMerged }, { onSend }) => {
          onSend();
          const to = { context: "user", params: { user_id: id } };
          return answer({
            result: null,
            ...(isMerged
              ? { merge: [{ ...to, slot: "profile", value: profileOf(id) }] }
              : { invalidate: [to] }),
          });
        },
        fetch: async (_context, { user_id }, { onSend }) => {
          onSend();
          return answer(bundleOf(Number(user_id)));
        },
      },
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const mount = async (client, count) => {
    const handles = Array.from({ length: count }, (_, id) => {
      const handle = watch({ user_id: id }, { client });
      handle.subscribe(() => {});
      return handle;
    });
    while (handles.some((handle) => handle.getState().status !== "success")) await settled();
    return handles;
  };
  const timePerCall = async (count, isMerged) => {
    const client = open();
    const handles = await mount(client, count);
    const call = async (times) => {
      for (let index = 0; index < times; index += 1) {
        const id = index % count;
        await change({ id, isMerged }, { client });
        while (handles[id].getState().isFetching) await settled();
      }
    };
    await call(100);
    const began = process.cpuUsage();
    await call(300);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 300 / 1000;
  };
  const heap = async () => {
    await settled();
    globalThis.gc();
    return process.memoryUsage().heapUsed / 1_000_000;
  };

  const aloneMs = await timePerCall(1, true);
  const mergeMs = await timePerCall(1000, true);
  const invalidateMs = await timePerCall(1000, false);
  const before = await heap();
  const data = Array.from({ length: 10_000 }, (_, id) => answer(bundleOf(id)).body);
  const dataMegabytes = (await heap()) - before;
  data.length = 0;
  const empty = await heap();
  const client = open();
  const beforeMount = process.cpuUsage();
  const handles = await mount(client, 10_000);
  const mounting = process.cpuUsage(beforeMount);
  const mountSeconds = (mounting.user + mounting.system) / 1_000_000;
  const megabytes = (await heap()) - empty;
  for (const handle of handles) handle.release();
  return { aloneMs, mergeMs, invalidateMs, megabytes, dataMegabytes, mountSeconds };
}
