/** What becomes of calls with files before anything is sent; forms on their way are `spec/e2e/uploads.test.ts`'s. */
import { createClient } from "./client.js";
import type { ClientEvent } from "./events.js";
import { contract } from "./model/stage.js";
import { uploadOf } from "./upload.js";

const addPhoto = uploadOf(contract)<object, number, never>("add_photo", "meta:json");

function createScene() {
  const sent: RequestInit[] = [];
  const events: ClientEvent[] = [];
  const client = createClient({
    csrf: false,
    onEvent: (event) => void events.push(event),
    fetch: async (_url, init = {}) => {
      sent.push(init);
      return Response.json({ result: 7 });
    },
  });
  return { client, sent, events };
}

test("a form if there is a file, and JSON otherwise", async () => {
  const { client, sent } = createScene();
  expect(await addPhoto({ photo: new Blob(["x"]) }, { client })).toBe(7);
  expect(await addPhoto({ meta: [1] }, { client })).toBe(7);
  const types = sent.map(({ headers }) => new Headers(headers).get("Content-Type"));
  expect(types).toEqual([expect.stringMatching(/^multipart\/form-data/), "application/json"]);
  expect(sent.map(({ body }) => typeof body)).toEqual(["object", "string"]);
});

test("of a form nothing is left out but what is null as a whole", async () => {
  const { client, sent } = createScene();
  await addPhoto({ photo: new Blob(["x"]), stars: [1, null], title: null }, { client });
  const form = await new Response(sent[0]?.body, sent[0]).formData();
  expect(
    Array.from(form, ([name, value]) => [name, typeof value === "string" ? value : "a file"]),
  ).toEqual([
    ["fn", "add_photo"],
    ["photo", "a file"],
    ["stars", "1"],
    ["stars", "null"],
  ]);
});

test.each([
  ["beside a file", { photo: new Blob(["x"]) }],
  ["without one", {}],
])("what cannot be sent %s is an error of the call, and no request", async (_, args) => {
  const { client, sent, events } = createScene();
  const cyclic: { me?: object } = {};
  cyclic.me = cyclic;
  const ended = addPhoto({ ...args, meta: cyclic }, { client });
  await expect(ended).rejects.toMatchObject({
    code: "NETWORK",
    fn: "add_photo",
    cause: expect.any(TypeError),
  });
  expect(sent).toEqual([]);
  expect(events).toMatchObject([
    { type: "call-start" },
    { type: "call-done", error: { code: "NETWORK" } },
  ]);
});
