/** spec/protocol.md, the contract's hash: on every answer, and what a difference means. */
import { field, integer } from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { ask, HASH, serverOf, type Asked } from "./ask.js";

const given = {
  contexts: [{ name: "page", functions: ["number"] }],
  functions: [
    { name: "number", input: [field("id", integer())], output: integer(), context: "page" },
    { name: "add", input: [field("id", integer())], output: integer() },
    { name: "hidden", private: true },
  ],
};
/** Everything of the application that ran. */
const ran: string[] = [];
beforeEach(() => {
  ran.length = 0;
});
const running =
  <Answer>(name: string, answer: Answer) =>
  (): Answer => {
    ran.push(name);
    return answer;
  };
const serve = (options: object): Mizan =>
  serverOf(
    given,
    { number: running("number", 1), add: running("add", 2), hidden: () => undefined },
    { authenticate: running("authenticate", null), ...options },
  );
const strict = serve({ contract: "strict" });
const lenient = serve({});

const JSON_TYPE = { "content-type": "application/json" };
const form = ["fn", "add", "id", "5"].map((text, at) =>
  at % 2 === 0 ? `--b\r\nContent-Disposition: form-data; name="${text}"\r\n\r\n` : `${text}\r\n`,
);
const asked: Record<string, Asked> = {
  "a call": {
    method: "POST",
    path: "/call/",
    headers: JSON_TYPE,
    body: '{"fn":"add","args":{"id":5}}',
  },
  "a form": {
    method: "POST",
    path: "/call/",
    headers: { "content-type": "multipart/form-data; boundary=b" },
    body: `${form.join("")}--b--\r\n`,
  },
  "a context": { path: "/ctx/page/", query: "id=5" },
  "the head of a context": { method: "HEAD", path: "/ctx/page/", query: "id=5" },
  "a stream": {
    path: "/ctx/page/",
    query: "id=5",
    headers: { accept: "application/x-ndjson" },
  },
  "a batch": {
    method: "POST",
    path: "/ctx/",
    headers: JSON_TYPE,
    body: '{"contexts":[{"context":"page","params":{"id":5}}]}',
  },
};
const claiming = (request: Asked | undefined, hash: string): Asked => ({
  path: "/",
  ...request,
  headers: { ...request?.headers, "x-mizan-contract": hash },
});

describe.each(Object.entries(asked))("%s", (_, request) => {
  test.each(["fedcba9876543210", "", HASH.toUpperCase(), `${HASH}0`, `${HASH}, ${HASH}`])(
    "that claims %j is refused where the server insists, before anything of the application runs",
    async (hash) => {
      const answer = await ask(strict, claiming(request, hash));
      expect([answer.status, ran]).toEqual([409, []]);
      expect(answer.headers).toMatchObject({
        "x-mizan-contract": HASH,
        "cache-control": "no-store",
      });
      if (request.method !== "HEAD") {
        expect(answer.json).toMatchObject({ error: true, code: "CONTRACT_MISMATCH" });
      }
    },
  );
  test("is served where it does not", async () => {
    const answer = await ask(lenient, claiming(request, "fedcba9876543210"));
    expect([answer.status, answer.headers["x-mizan-contract"]]).toEqual([200, HASH]);
    expect(ran).toContain(request.path === "/call/" ? "add" : "number");
  });
  test("is served with our hash, or with none", async () => {
    expect((await ask(strict, claiming(request, HASH))).status).toBe(200);
    expect((await ask(strict, request)).status).toBe(200);
  });
});

test("what no longer fits fails as itself; the hash on the answer says why it might", async () => {
  const other = claiming(asked["a context"], "fedcba9876543210");
  for (const [request, status] of [
    [{ ...other, query: "" }, 422],
    [{ ...other, path: "/ctx/gone/" }, 404],
  ] as const) {
    const answer = await ask(lenient, request);
    expect([answer.status, answer.headers["x-mizan-contract"]]).toEqual([status, HASH]);
  }
});

test("what there is to call is known before: an unknown name is 404, a private one 409", async () => {
  const call = (fn: string): Asked =>
    claiming({ ...asked["a call"], path: "/call/", body: JSON.stringify({ fn }) }, "x");
  expect((await ask(strict, call("nope"))).status).toBe(404);
  expect((await ask(strict, call("hidden"))).status).toBe(409);
  expect((await ask(strict, claiming({ path: "/ctx/nope/" }, "x"))).status).toBe(404);
});

test("a session is anybody's: it depends on no contract", async () => {
  expect((await ask(strict, claiming({ path: "/session/" }, "x"))).status).toBe(200);
});

test("another prefix is that of the hash, too", async () => {
  const server = serve({ contract: "strict", headerPrefix: "X-Izana-" });
  const page = { path: "/ctx/page/", query: "id=5" };
  const refused = await ask(server, { ...page, headers: { "x-izana-contract": "x" } });
  expect([refused.status, refused.headers["x-izana-contract"]]).toEqual([409, HASH]);
  expect((await ask(server, claiming(page, "x"))).status).toBe(200);
});
