/**
 * A server worth attacking: every kind of input, effects whose params are what a client sent, and handlers that
 * wait. What it is sent may never make it answer 500, except where a handler throws on purpose.
 */
import {
  email,
  field,
  integer,
  json,
  list,
  map,
  optional,
  ref,
  string,
  url,
  uuid,
  bytes,
  datetime,
  decimal,
  type ServerOptions,
} from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { serverOf } from "./ask.js";
import { callBytes, Connection, toBytes, type HttpAnswer } from "./sockets.js";

type Ctx = {
  readonly signal: AbortSignal;
  readonly invalidate: { readonly notes: (params: object) => void };
};

export interface Target {
  readonly mizan: Mizan;
  /** Handlers that wait until their client is gone, and those of them that learned of it. */
  readonly waits: { started: number; aborted: number };
}

export function target(options: Partial<ServerOptions> = {}): Target {
  const waits = { started: 0, aborted: 0 };
  const untilGone = async (_: unknown, { signal }: Ctx): Promise<number> => {
    waits.started += 1;
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener("abort", () => resolve());
    });
    waits.aborted += 1;
    return 1;
  };
  const mizan = serverOf(
    {
      structs: [
        {
          name: "Node",
          fields: [
            field("n", optional(integer()), { omittable: true }),
            field("children", optional(map(ref("Node"))), { omittable: true }),
          ],
        },
      ],
      contexts: [
        { name: "notes", functions: ["notes"] },
        { name: "waiting", functions: ["quick", "waits"] },
      ],
      functions: [
        { name: "ping", output: integer() },
        { name: "echo", input: [field("text", string())], output: string() },
        {
          name: "rename",
          input: [field("title", string())],
          output: string(),
          affects: [{ context: "notes", params: [["title", ["input", "title"]]] }],
        },
        { name: "tree", input: [field("root", ref("Node"))], output: integer() },
        { name: "any", input: [field("value", json())], output: json() },
        { name: "numbers", input: [field("all", list(integer()))], output: integer() },
        { name: "words", input: [field("by_name", map(string()))], output: integer() },
        {
          name: "formats",
          input: [
            field("email", optional(email()), { omittable: true }),
            field("url", optional(url()), { omittable: true }),
            field("uuid", optional(uuid()), { omittable: true }),
            field("bytes", optional(bytes()), { omittable: true }),
            field("datetime", optional(datetime()), { omittable: true }),
            field("decimal", optional(decimal()), { omittable: true }),
          ],
          output: integer(),
        },
        {
          name: "trimmed",
          input: [field("text", string({ pattern: "\\s+$" }))],
          output: integer(),
        },
        {
          name: "short",
          input: [field("text", string({ pattern: "^(a+)+$", maxLength: 12 }))],
          output: integer(),
        },
        { name: "wait", output: integer() },
        {
          name: "notes",
          input: [field("title", optional(string()), { omittable: true })],
          output: integer(),
          context: "notes",
        },
        { name: "quick", output: integer(), context: "waiting" },
        { name: "waits", output: integer(), context: "waiting" },
      ],
      views: [
        {
          name: "form",
          route: ["form", { param: "name", takes: "slug" }],
          methods: ["GET", "POST"],
          input: [field("name", string()), field("n", optional(integer()), { omittable: true })],
        },
      ],
    },
    {
      ping: () => 1,
      echo: ({ text }: { text: string }) => text,
      rename: ({ title }: { title: string }, { invalidate }: Ctx) => {
        invalidate.notes({ title: `again ${title}` });
        return title;
      },
      tree: () => 1,
      any: ({ value }: { value: unknown }) => value,
      numbers: ({ all }: { all: number[] }) => all.length,
      words: ({ by_name }: { by_name: object }) => Object.keys(by_name).length,
      formats: () => 1,
      trimmed: () => 1,
      short: () => 1,
      wait: untilGone,
      notes: () => 1,
      quick: () => 1,
      waits: untilGone,
      form: ({ name }: { name: string }, { res }: { res: { end(text: string): void } }) =>
        res.end(name),
    },
    options,
  );
  return { mizan, waits };
}

/** Fails unless this is an answer in our form: one envelope, or one result. */
export function expectOurs({ status, headers, text }: HttpAnswer, what: unknown = ""): void {
  const seen = [what, status, headers["content-type"], text.slice(0, 300)];
  if ([204, 304].includes(status)) {
    expect([...seen, text]).toEqual([...seen, ""]);
    return;
  }
  expect([what, headers["content-type"]]).toEqual([what, "application/json; charset=utf-8"]);
  const body: unknown = JSON.parse(text);
  if (status >= 400) {
    expect([what, body]).toEqual([
      what,
      expect.objectContaining({
        error: true,
        code: expect.stringMatching(/^[A-Z_]+$/),
        message: expect.any(String),
      }),
    ]);
  } else expect([what, body]).not.toHaveProperty("1.error");
  expect([what, status]).not.toEqual([what, 500]);
  expect(text).not.toMatch(/node_modules|\n\s+at /);
}

/** A client that does nothing wrong, and wants to be served whatever the others do. */
export async function expectServed(port: number): Promise<void> {
  const connection = new Connection(port);
  const answer = await connection.write(callBytes("ping")).next();
  expect([answer.status, answer.text]).toEqual([200, '{"result":{"result":1}}']);
  const read = await connection.write(toBytes("GET /api/mizan/ctx/notes/")).next();
  expect([read.status, read.text]).toEqual([200, '{"notes":{"result":1}}']);
  connection.destroy();
}
