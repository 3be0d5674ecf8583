/** Listening to a client that was made already, and looking at what it keeps. */
import { spawnSync } from "node:child_process";
import { buildSync } from "esbuild";
import { instances, listen } from "./listen.js";
import type { ClientEvent } from "./events.js";
import { createStage, mutate, settled, userContext } from "./model/stage.js";
import { observe, watch } from "./watch.js";

test("a listener hears everything after it was added, and nothing after it left", async () => {
  const stage = createStage();
  const heard: ClientEvent[] = [];
  const stop = listen(stage.client, (event) => heard.push(event));
  const handle = watch(stage.client, userContext, { user_id: 5 });
  await settled();
  await stage.next().answer({ profile: { name: "Ada" }, orders: [] });
  expect(heard.map(({ type }) => type)).toEqual(["mount", "fetch-start", "fetch-done"]);
  stop();
  stop();
  handle.release();
  expect(heard).toHaveLength(3);
});

test("each subscription is its own, and onEvent hears as before", async () => {
  const stage = createStage();
  const heard: string[] = [];
  const listener = ({ type }: ClientEvent): void => void heard.push(type);
  const stop = listen(stage.client, listener);
  listen(stage.client, listener);
  stop();
  stage.client.reset();
  watch(stage.client, userContext, { user_id: 5 }).release();
  expect(heard).toEqual(stage.events.map(({ type }) => type));
  expect(heard).toContain("mount");
});

test("listeners may leave and join in the middle of an event", async () => {
  const stage = createStage();
  const heard: string[] = [];
  const stopFirst = listen(stage.client, () => {
    stopFirst();
    stopLast();
    listen(stage.client, ({ type }) => heard.push(`late ${type}`));
  });
  const stopLast = listen(stage.client, ({ type }) => heard.push(type));
  watch(stage.client, userContext, { user_id: 5 });
  await settled();
  await stage.next().answer({ profile: { name: "Ada" }, orders: [] });
  // The last heard the event in the middle of which it was sent away.
  expect(heard).toEqual(["mount", "late fetch-start", "late fetch-done"]);
});

test("one that throws, at once or later, is reported and disturbs neither the others nor the client", () => {
  // In a process of its own: here, whatever is reported ends the test.
  const { outputFiles } = buildSync({
    stdin: {
      resolveDir: __dirname,
      loader: "ts",
      contents: `
        import { listen } from "./listen.js";
        import { createStage, settled, totalContext } from "./model/stage.js";
        import { watch } from "./watch.js";
        process.on("unhandledRejection", ({ message }) => console.log("reported", message));
        const stage = createStage();
        listen(stage.client, ({ type }) => { if (type === "fetch-done") throw new Error("mine"); });
        listen(stage.client, async ({ type }) => { if (type === "fetch-done") throw new Error("late"); });
        listen(stage.client, ({ type }) => console.log(type));
        const handle = watch(stage.client, totalContext);
        await settled();
        await stage.next().answer({ count: { result: 1 } });
        console.log(handle.getState().data);`,
    },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const { stdout } = spawnSync(process.execPath, ["--input-type=module", "-"], {
    input: outputFiles[0]?.text,
    encoding: "utf8",
  });
  expect(stdout.split("\n")).toEqual(
    expect.arrayContaining(["fetch-done", "{ count: 1 }", "reported mine", "reported late"]),
  );
});

test("events of effects carry the entries as they were sent", async () => {
  const stage = createStage();
  watch(stage.client, userContext, { user_id: 5 });
  await settled();
  await stage.next().answer({ profile: { name: "Ada" }, orders: [] });
  const heard: ClientEvent[] = [];
  listen(stage.client, (event) => heard.push(event));
  const merge = {
    context: "user",
    slot: "profile",
    value: { name: "Bob" },
    params: { user_id: 5 },
  };
  void mutate({}, { client: stage.client });
  await settled();
  await stage.next("mutate").answer({ result: null, merge: [merge], invalidate: ["user"] });
  const effects = heard.flatMap((event) => ("effect" in event ? [[event.type, event.effect]] : []));
  expect(effects).toEqual([
    ["merge", merge],
    ["invalidate", "user"],
  ]);
});

test("instances are listed with who mounts them, and nothing is made by looking", async () => {
  const stage = createStage();
  expect(instances(stage.client)).toEqual([]);
  observe(stage.client, userContext, { user_id: 7 });
  expect(instances(stage.client)).toEqual([]);
  const handle = watch(stage.client, userContext, { user_id: "05" });
  watch(stage.client, userContext, { user_id: 5 });
  const [instance, ...others] = instances(stage.client);
  expect(others).toEqual([]);
  expect(instance).toMatchObject({ context: "user", params: { user_id: "05" }, watchers: 2 });
  expect(instance?.getState()).toBe(handle.getState());
  await settled();
  await stage.next().answer({ profile: { name: "Ada" }, orders: [] });
  instance?.refetch();
  await settled();
  await stage.next().answer({ profile: { name: "Bob" }, orders: [] });
  expect(handle.getState().data?.profile.name).toBe("Bob");
  handle.release();
  expect(instances(stage.client)[0]?.watchers).toBe(1);
});
