/** Guards and `safe`, against answers of a transport that the test writes. */
import type { Body } from "../wire/answer.js";
import { MizanError } from "../wire/error.js";
import { createClient } from "./client.js";
import { isMizanError, safe } from "./errors.js";
import { fetchOf, functionOf, isErrorOf, isReadErrorOf } from "./generated.js";
import { contract, userContext } from "./model/stage.js";

const fn = functionOf(contract);
const callRename = fn<{ id: number }, boolean, MizanError>("rename", "box");
const callOther = fn<{ id: number }, boolean, MizanError>("other", "box");
const fetchUser = fetchOf(userContext);
const isRenameError = isErrorOf<MizanError>("rename");
const isUserContextError = isReadErrorOf<MizanError>(userContext.name);

const refusal: Body = { error: true, code: "TAKEN", message: "Taken", details: { by: 7 } };
/** Everything is refused. */
const client = createClient({
  transport: {
    call: async (_fn, _args, { onSend }) => (onSend(), { status: 409, body: refusal }),
    fetch: async (_context, _params, { onSend }) => (onSend(), { status: 409, body: refusal }),
  },
});

const caught = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "nothing",
    (error: unknown) => error,
  );

test("an error belongs to the function that was called, a read's to its context", async () => {
  const renamed = await caught(callRename({ id: 1 }, { client }));
  const other = await caught(callOther({ id: 1 }, { client }));
  const read = await caught(fetchUser({ user_id: 1 }, { client }));
  const guards = [isMizanError, isRenameError, isUserContextError];
  expect([renamed, other, read].map((error) => guards.map((guard) => guard(error)))).toEqual([
    [true, true, false],
    [true, false, false],
    [true, false, true],
  ]);
});

test("what is no error of ours is none of a function, whatever it looks like", () => {
  class Foreign extends Error {
    readonly fn = "rename";
    readonly code = "TAKEN";
  }
  const abort = new DOMException("gone", "AbortError");
  for (const thrown of [new Foreign("no"), abort, null, undefined, "rename", { fn: "rename" }, 5]) {
    expect([isMizanError(thrown), isRenameError(thrown)]).toEqual([false, false]);
  }
});

test("an error of another copy of the package is one like ours", () => {
  let error: unknown;
  jest.isolateModules(() => {
    const copy = jest.requireActual<{ readonly MizanError: typeof MizanError }>("../wire/error.js");
    const facts = { code: "TAKEN", status: 409, message: "Taken", details: {}, fn: "rename" };
    error = new copy.MizanError(facts);
  });
  expect(error).not.toBeInstanceOf(MizanError);
  expect(isRenameError(error)).toBe(true);
});

test.each([
  ["its name", '{"error": {"code": "X", "name": "ValidationError", "fn": "other"}}', {}],
  ["what it is", '{"error": true, "code": "X", "__proto__": {}, "stack": 5, "toString": 5}', {}],
  ["its cause and status", '{"error": {"code": "X", "cause": 5, "status": 200}}', { status: 400 }],
  ["a code that is none", '{"error": {"code": {"a": 1}}}', { code: "[object Object]" }],
  ["a number as a code", '{"error": {"code": 504}}', { code: "504" }],
  ["no code", '{"error": {"code": null}}', { code: "HTTP_400" }],
  ["a message that is none", '{"error": {"code": "X", "message": [1]}}', { message: "1" }],
  ["no details", '{"error": {"code": "X", "details": null}}', { details: {} }],
])("an envelope says nothing of an error but what it may: %s", async (_, text, expected) => {
  const odd = createClient({
    transport: {
      call: async (_fn, _args, { onSend }) => (
        onSend(),
        { status: 400, body: JSON.parse(text) as Body }
      ),
      fetch: async () => ({ status: 500 }),
    },
  });
  const error = await caught(callRename({ id: 1 }, { client: odd }));
  expect(error).toBeInstanceOf(MizanError);
  expect([isRenameError(error), isUserContextError(error)]).toEqual([true, false]);
  const usual = { code: "X", status: 400, message: "HTTP_400", details: {} };
  expect(error).toMatchObject({ ...usual, ...expected });
  expect(String(error)).toMatch(/^MizanError/);
  expect(error).not.toHaveProperty("cause");
});

test("safe answers with the data or the error", async () => {
  const happy = createClient({
    transport: {
      call: async (_fn, _args, { onSend }) => (
        onSend(),
        { status: 200, body: { result: { result: true } } }
      ),
      fetch: async () => ({ status: 500 }),
    },
  });
  expect(await safe(callRename)({ id: 1 }, { client: happy })).toEqual({
    ok: true,
    data: true,
    error: null,
  });
  const called = await safe(callRename)({ id: 1 }, { client });
  expect(called).toMatchObject({ ok: false, data: null, error: { code: "TAKEN", fn: "rename" } });
  const read = await safe(fetchUser)({ user_id: 1 }, { client });
  expect(read).toMatchObject({ ok: false, error: { code: "TAKEN", context: userContext.name } });
});

test("safe swallows neither an abort nor a mistake", async () => {
  const reason = new DOMException("gone", "AbortError");
  const aborted = safe(callRename)({ id: 1 }, { client, signal: AbortSignal.abort(reason) });
  await expect(aborted).rejects.toBe(reason);
  const broken = safe(async () => JSON.parse("{"));
  await expect(broken()).rejects.toBeInstanceOf(SyntaxError);
  // There is no client, and no `configure` was called: thrown, not rejected, by the call itself.
  await expect(safe(callRename)({ id: 1 })).rejects.toThrow("configure() first");
});
