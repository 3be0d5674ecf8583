/** What the recorder makes of the real kernel's events: a reason for each read, in the words that the panel shows. */
import {
  contract,
  createStage,
  mutate,
  settled,
  userContext,
  type UserData,
  type UserParams,
  type Stage,
} from "../client/model/stage.js";
import type { Draft } from "../client/optimism.js";
import { createClient } from "../client/client.js";
import { functionOf } from "../client/generated.js";
import { receive, watch } from "../client/watch.js";
import { dropPieces, effectPieces, plain, reasonPieces } from "./reason.js";
import { createRecorder, record, recorderOf, type Recorder } from "./recorder.js";
import type { CallEntry, ReadEntry } from "./timeline.js";

const bundle = (name: string) => ({ profile: { name }, orders: [{ id: 1, title: "Lamp" }] });
const frame = () => new Promise((resolve) => setTimeout(resolve));

/** A recorded client with one mounted instance, which shows Ada. */
async function recorded() {
  const stage = createStage();
  const recorder = createRecorder(stage.client);
  const handle = watch(stage.client, userContext, { user_id: 5 });
  await settled();
  await stage.next().answer(bundle("Ada"));
  return { stage, recorder, handle };
}

async function call(stage: Stage, answer: object, status = 200): Promise<void> {
  const ended = mutate({}, { client: stage.client });
  ended.catch(() => undefined);
  await settled();
  await stage.next("mutate").answer(answer, status);
}

const readsOf = ({ getTimeline }: Recorder): ReadEntry[] =>
  getTimeline().entries.filter((entry) => entry.kind === "read");
const callsOf = ({ getTimeline }: Recorder): CallEntry[] =>
  getTimeline().entries.filter((entry) => entry.kind === "call");

/** The sentence of the latest read, with the call's number left out, as it depends on what came before. */
const why = (recorder: Recorder): string => {
  const read = readsOf(recorder).at(-1);
  return read ? plain(reasonPieces(read.reason)).replace(/#\d+/, "#n") : "no read";
};

test("mounts, refetches and resets are told as what they are", async () => {
  const { stage, recorder, handle } = await recorded();
  await frame();
  expect(why(recorder)).toBe("mounted, and nothing was there yet");
  expect(readsOf(recorder)[0]).toMatchObject({ outcome: "done", changed: ["profile", "orders"] });

  handle.refetch();
  await settled();
  await stage.next().answer(bundle("Bob"));
  await frame();
  expect(why(recorder)).toBe("`refetch()` was called");
  expect(readsOf(recorder)[1]?.changed).toEqual(["profile"]);

  handle.refetch();
  await settled();
  stage.client.reset();
  await settled();
  await frame();
  expect(why(recorder)).toBe("reset: the client forgot everything, as for another user");
  expect(readsOf(recorder).map(({ outcome }) => outcome)).toEqual([
    "done",
    "done",
    "dropped",
    "pending",
  ]);
  expect(readsOf(recorder)[2]?.drop).toEqual({ kind: "reset" });
  expect(recorder.getTimeline().entries.some((entry) => entry.kind === "notice")).toBe(true);
});

test.each([
  ["user", "`invalidate user`"],
  [{ context: "user", params: { user_id: 5 } }, "`invalidate user {user_id: 5}`"],
  [{ function: "profile" }, "`invalidate function profile`"],
])("an invalidation is quoted: %j", async (entry, quoted) => {
  const { stage, recorder } = await recorded();
  await call(stage, { result: null, invalidate: [entry] });
  await frame();
  expect(why(recorder)).toBe(`because call #n \`mutate\` answered ${quoted}`);
});

test.each([
  [
    "strange params",
    { params: { user_id: 5, color: "red" } },
    "it has params that nobody here knows",
  ],
  [
    "limit: null",
    { params: { limit: null } },
    "its params leave open for which `user_id` it holds",
  ],
  [
    "a list",
    { params: { user_id: 5 }, slot: "orders", value: {} },
    "the value does not go into what is shown",
  ],
  ["another slot", { params: { user_id: 5 }, slot: "age" }, "the context has no such slot here"],
])("a merge that is refused says why: %s", async (_, entry, reason) => {
  const { stage, recorder } = await recorded();
  const merge = { context: "user", slot: "profile", value: {}, ...entry };
  await call(stage, { result: null, merge: [merge] });
  await frame();
  expect(why(recorder)).toMatch(
    /^because call #n `mutate` answered `merge user\.\w+ \{.*\}`, which/,
  );
  expect(why(recorder)).toContain(`refused: ${reason}`);
  // It is one effect, though two events.
  expect(callsOf(recorder)[0]?.effects).toHaveLength(1);
});

const mergeBob = {
  context: "user",
  slot: "profile",
  params: { user_id: 5 },
  value: { name: "Bob" },
};

test("a merge that came too late names rule 3", async () => {
  const { stage, recorder, handle } = await recorded();
  const late = mutate({}, { client: stage.client });
  await settled();
  handle.refetch();
  await settled();
  await stage.next("user").answer(bundle("Cyd"));
  await stage.next("mutate").answer({ result: null, merge: [mergeBob] });
  await late;
  await frame();
  expect(why(recorder)).toBe(
    "because call #n `mutate` answered `merge user.profile {user_id: 5}`, which was refused: " +
      "a newer answer or effect came meanwhile (rule 3)",
  );
});

test("a merge that is applied causes no read, and marks the reads under way", async () => {
  const { stage, recorder, handle } = await recorded();
  handle.refetch();
  await settled();
  await call(stage, { result: null, merge: [mergeBob] });
  await frame();
  const [, overtaken, next] = readsOf(recorder);
  expect(overtaken).toMatchObject({ outcome: "pending", merged: ["profile"] });
  expect(next && plain(reasonPieces(next.reason))).toMatch(
    /answered `merge user.profile \{user_id: 5\}`; the read under way had begun before that \(rule 2\)$/,
  );
  const [effect] = callsOf(recorder)[0]?.effects ?? [];
  expect(effect && plain(effectPieces(effect))).toBe(
    "merged into `profile` of `user {user_id: 5}`",
  );
  await stage.next("user").answer(bundle("Ada"));
  await frame();
  const drop = readsOf(recorder)[1]?.drop;
  expect(drop && plain(dropPieces(drop))).toMatch(/^overtaken by call #\d+ `mutate`, so not shown/);
  expect(recorder.getChanges('user[["user_id","5"]]').has("profile")).toBe(true);
});

test("a lost answer names rule 6, effects of others rule 7, unreadable ones themselves", async () => {
  const { stage, recorder } = await recorded();
  await call(stage, {}, 502);
  await frame();
  expect(why(recorder)).toBe(
    "because the answer of call #n `mutate` was lost, so it may have changed anything (rule 6)",
  );
  expect(callsOf(recorder)[0]?.outcome).toBe("lost");
  await stage.next("user").answer(bundle("Ada"));

  receive(stage.client, { invalidate: ["user"] });
  await settled();
  await frame();
  expect(why(recorder)).toBe("because another tab or a socket said `invalidate user` (rule 7)");
  expect(callsOf(recorder).at(-1)).toMatchObject({ source: { by: "others" }, outcome: "done" });
  await stage.next("user").answer(bundle("Ada"));

  receive(stage.client, { merge: [mergeBob] });
  await settled();
  await frame();
  expect(why(recorder)).toBe(
    "because another tab or a socket said `merge user.profile {user_id: 5}`, " +
      "which was refused: effects of others only invalidate (rule 7)",
  );
  await stage.next("user").answer(bundle("Ada"));

  recorder.markStale({ context: "user", params: { user_id: 5 } });
  await settled();
  await frame();
  expect(why(recorder)).toBe("because somebody here said `invalidate user {user_id: 5}` (rule 7)");
  await stage.next("user").answer(bundle("Ada"));

  await call(stage, { result: null, invalidate: [[]] });
  await frame();
  expect(why(recorder)).toBe(
    "because call #n `mutate` answered effects in a form that nobody here knows",
  );
});

test("a mount of something stale says since when", async () => {
  const { stage, recorder, handle } = await recorded();
  handle.release();
  await settled();
  await call(stage, { result: null, invalidate: ["user"] });
  handle.retain();
  await settled();
  await frame();
  expect(why(recorder)).toBe(
    "mounted, and what was there was stale: call #n `mutate` answered `invalidate user`",
  );
  handle.release();
  await settled();
  await frame();
  expect(readsOf(recorder).at(-1)?.drop).toEqual({ kind: "unwatched" });
});

test("errors are told, and instances that failed are", async () => {
  const { stage, recorder, handle } = await recorded();
  await call(stage, { error: true, code: "FORBIDDEN", message: "Not you", details: {} }, 403);
  handle.refetch();
  await settled();
  await stage.next().answer({ error: true, code: "NOT_FOUND", message: "No", details: {} }, 404);
  handle.release();
  await settled();
  handle.retain();
  await settled();
  await frame();
  expect(callsOf(recorder)[0]).toMatchObject({ outcome: "failed", error: "FORBIDDEN: Not you" });
  expect(readsOf(recorder)[1]).toMatchObject({ outcome: "failed", error: "NOT_FOUND: No" });
  expect(why(recorder)).toBe("mounted, and the read before had failed");
});

test("what is only expected of a call is told with it, and which slots show it", async () => {
  const { stage, recorder } = await recorded();
  const key = 'user[["user_id","5"]]';
  expect(recorder.getExpected(key)).toEqual([]);
  const optimistic = ({ user }: { user: Draft<UserParams, UserData> }): void =>
    user({ user_id: 5 }, (data) => void Object.assign(data.profile, { name: "Bob" }));
  type Drafts = Parameters<typeof optimistic>[0];
  const hopeful = functionOf(contract)<object, unknown, never, Drafts>("mutate");
  const ended = hopeful({}, { client: stage.client, optimistic });
  await settled();
  await frame();
  expect(recorder.getExpected(key)).toEqual(["profile"]);
  const [effect] = callsOf(recorder)[0]?.effects ?? [];
  expect(effect && plain(effectPieces(effect))).toBe(
    "`user {user_id: 5}` shows what the call should change",
  );
  await stage.next("mutate").answer({ result: null, merge: [mergeBob] });
  await ended;
  expect(recorder.getExpected(key)).toEqual([]);
});

test("a read that is slowed down is told", async () => {
  const { stage, recorder } = await recorded();
  const key = 'user[["user_id","5"]]';
  void stage.client._emit({ type: "fetch-slowed", key, cause: undefined });
  await frame();
  expect(recorder.getTimeline().entries).toContainEqual(
    expect.objectContaining({ kind: "notice", title: "slowed down" }),
  );
});

test("it keeps as much as it is told to, whatever happens, and no data", async () => {
  const stage = createStage();
  const recorder = createRecorder(stage.client, { limit: 20 });
  const reset = functionOf(contract)<object, unknown, never>("mutate");
  for (let times = 0; times < 3000; times++) {
    void reset({}, { client: stage.client }).catch(() => undefined);
  }
  await settled();
  await frame();
  const { entries, forgotten } = recorder.getTimeline();
  expect([entries.length, forgotten]).toEqual([20, 2980]);

  const secret = "s".repeat(1000);
  await stage.next("mutate").answer({
    result: secret,
    merge: [{ context: "user", slot: "profile", value: secret, params: { user_id: secret } }],
    invalidate: [{ context: secret }],
  });
  await frame();
  expect(JSON.stringify(recorder.getTimeline())).not.toContain(secret);
});

test("everybody is told once per frame, and nobody after the end", async () => {
  const { stage, recorder, handle } = await recorded();
  await frame();
  let told = 0;
  recorder.subscribe(() => told++);
  for (let times = 0; times < 10; times++) handle.retain();
  await call(stage, { result: null, invalidate: ["user"] });
  await frame();
  expect(told).toBe(1);
  const { entries } = recorder.getTimeline();
  recorder.clear();
  // What is under way still ends.
  expect(recorder.getTimeline().entries).toEqual(entries.slice(-1));
  await stage.next("user").answer(bundle("Bob"));
  await frame();
  expect(readsOf(recorder)[0]?.outcome).toBe("done");
  recorder.stop();
  const last = recorder.getTimeline();
  handle.refetch();
  await settled();
  await frame();
  expect(recorder.getTimeline()).toBe(last);
});

test("a client is recorded once, however many want it, and until the last leaves", () => {
  const client = createClient();
  const stop = record(client);
  const recorder = recorderOf(client);
  const stopOther = record(client);
  expect(recorderOf(client)).toBe(recorder);
  stop();
  stop();
  expect(recorderOf(client)).toBe(recorder);
  stopOther();
  expect(recorderOf(client)).toBeUndefined();
});
