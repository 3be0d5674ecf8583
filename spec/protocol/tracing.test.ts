/** Spans, by a real SDK: what is one, whose child it is, and what it says. */
import { AsyncLocalStorage } from "node:async_hooks";
import {
  context,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type ContextManager,
  type TextMapPropagator,
} from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from "@opentelemetry/sdk-trace-base";
import { integer } from "@mizan/runtime/abi/v1/server";
import type { Mizan } from "@mizan/runtime/server";
import { ask, call, contractOf, read, serverOf } from "./ask.js";
import { listen, sendOnce, toBytes } from "./sockets.js";

/** What `@opentelemetry/context-async-hooks` does, as far as it is needed here. */
class Contexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();
  active(): Context {
    return this.#storage.getStore() ?? ROOT_CONTEXT;
  }
  with: ContextManager["with"] = (inside, run, self, ...args) =>
    this.#storage.run(inside, () => run.call(self as never, ...args));
  bind: ContextManager["bind"] = (_inside, target) => target;
  enable(): this {
    return this;
  }
  disable(): this {
    this.#storage.disable();
    return this;
  }
}

/** The part of W3C's trace context that is needed here. */
const traceparent: TextMapPropagator = {
  fields: () => ["traceparent"],
  inject: () => undefined,
  extract(into, carrier, getter) {
    const given = getter.get(carrier, "traceparent");
    const [, traceId, spanId] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(String(given)) ?? [];
    if (traceId === undefined || spanId === undefined) return into;
    return trace.setSpanContext(into, { traceId, spanId, traceFlags: 1, isRemote: true });
  },
};

const exporter = new InMemorySpanExporter();
const listenTo = (): void => {
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  context.setGlobalContextManager(new Contexts());
  propagation.setGlobalPropagator(traceparent);
};
const listenNoMore = (): void => {
  trace.disable();
  context.disable();
  propagation.disable();
};
beforeEach(() => {
  listenTo();
  exporter.reset();
});
afterEach(listenNoMore);

type Ctx = { readonly call: { readonly inner: (input: object) => Promise<unknown> } };

/** The names of the active spans where application code ran. */
let seen: [where: string, spanId: string | undefined][] = [];
const look = (where: string): void => {
  seen.push([where, trace.getActiveSpan()?.spanContext().spanId]);
};

async function make(options: { readonly tracing?: boolean } = {}): Promise<Mizan> {
  seen = [];
  const mizan = serverOf(
    {
      errors: [{ name: "Gone", code: "GONE", status: 410, message: "Gone", fields: [] }],
      contexts: [{ name: "page", functions: ["left", "right"] }],
      functions: [
        { name: "outer", output: integer() },
        { name: "inner", output: integer() },
        { name: "left", output: integer(), context: "page" },
        { name: "right", output: integer(), context: "page" },
        { name: "gone", errors: ["Gone"] },
        { name: "throws" },
      ],
      views: [{ name: "form", route: ["form"], methods: ["POST"], input: [] }],
    },
    {
      outer: async (_: unknown, ctx: Ctx) => {
        look("outer");
        await ctx.call.inner({});
        look("outer again");
        return 1;
      },
      inner: async () => {
        await new Promise(setImmediate);
        look("inner");
        return 1;
      },
      left: () => 1,
      right: () => 2,
      gone: (_: unknown, ctx: { errors: { Gone: () => Error } }) => {
        throw ctx.errors.Gone();
      },
      throws: () => {
        throw new Error("no database");
      },
      form: async (_: unknown, ctx: { res: { end(text: string): void } }) => {
        look("form");
        ctx.res.end("sent");
      },
    },
    {
      authenticate: () => {
        look("authenticate");
        return null;
      },
      ...options,
    },
  );
  // The API is loaded once somebody listens.
  await new Promise(setImmediate);
  return mizan;
}

const spans = (): readonly ReadableSpan[] => exporter.getFinishedSpans();
const named = (name: string): ReadableSpan => {
  const span = spans().find((each) => each.name === name);
  if (span === undefined) throw new Error(`no ${name} in ${spans().map((each) => each.name)}`);
  return span;
};
const idOf = (name: string): string => named(name).spanContext().spanId;

test("a call is a span, each handler one below it, and what they start belongs to them", async () => {
  await call(await make(), "outer", {}, { "x-request-id": "r1" });
  expect(spans().map(({ name }) => name)).toEqual([
    "handler inner",
    "handler outer",
    "mizan call outer",
  ]);
  const root = named("mizan call outer");
  expect([root.kind, root.parentSpanContext]).toEqual([SpanKind.SERVER, undefined]);
  expect(root.attributes).toEqual({
    "rpc.system": "mizan",
    "rpc.method": "outer",
    "mizan.kind": "call",
    "mizan.function": "outer",
    "mizan.request_id": "r1",
    "http.request.method": "POST",
    "http.response.status_code": 200,
  });
  expect(named("handler outer").parentSpanContext?.spanId).toBe(idOf("mizan call outer"));
  expect(named("handler inner").parentSpanContext?.spanId).toBe(idOf("handler outer"));
  expect(seen).toEqual([
    ["authenticate", idOf("mizan call outer")],
    ["outer", idOf("handler outer")],
    ["inner", idOf("handler inner")],
    ["outer again", idOf("handler outer")],
  ]);
  expect(new Set(spans().map((span) => span.spanContext().traceId)).size).toBe(1);
});

test("contexts, streams and batches have one span per handler that ran", async () => {
  const mizan = await make();
  await read(mizan, "page");
  await read(mizan, "page", "", { accept: "application/x-ndjson" });
  await ask(mizan, {
    method: "POST",
    path: "/ctx/",
    headers: { "content-type": "application/json" },
    body: '{"contexts":[{"context":"page"},{"context":"page"}]}',
  });
  await new Promise(setImmediate);
  const roots = ["mizan context page", "mizan stream page", "mizan batch"];
  for (const root of roots) {
    const children = spans().filter((span) => span.parentSpanContext?.spanId === idOf(root));
    expect([root, children.map(({ name }) => name).toSorted()]).toEqual([
      root,
      ["handler left", "handler right"],
    ]);
  }
  expect(spans()).toHaveLength(9);
  expect(named("mizan context page").attributes).toMatchObject({ "mizan.context": "page" });
});

test("views are spans too", async () => {
  const { port, stop } = await listen(await make());
  await sendOnce(port, toBytes("POST /form"));
  await stop();
  expect(named("mizan view form").attributes).toMatchObject({
    "mizan.view": "form",
    "http.response.status_code": 200,
  });
  expect(seen.at(-1)).toEqual(["form", idOf("handler form")]);
});

test("the sender's trace goes on, unless the framework has a span already", async () => {
  const mizan = await make();
  const remote = { traceparent: `00-${"a".repeat(32)}-${"b".repeat(16)}-01` };
  await call(mizan, "inner", {}, remote);
  expect(named("mizan call inner").parentSpanContext).toMatchObject({
    traceId: "a".repeat(32),
    spanId: "b".repeat(16),
  });
  exporter.reset();
  await trace.getTracer("framework").startActiveSpan("POST", async (span) => {
    await call(mizan, "inner", {}, remote);
    span.end();
  });
  expect(named("mizan call inner").kind).toBe(SpanKind.INTERNAL);
  expect(named("mizan call inner").parentSpanContext?.spanId).toBe(idOf("POST"));
  exporter.reset();
  for (const traceparent of ["", "00", "x".repeat(10_000), `00-${"0".repeat(32)}-x-01`]) {
    expect(await call(mizan, "inner", {}, { traceparent })).toMatchObject({ status: 200 });
  }
});

test("an unexpected error is recorded, a declared one is an answer", async () => {
  const mizan = await make();
  await call(mizan, "throws");
  await call(mizan, "gone");
  await call(mizan, "no_such");
  expect(named("handler throws").events).toEqual([
    expect.objectContaining({
      name: "exception",
      attributes: expect.objectContaining({ "exception.message": "no database" }),
    }),
  ]);
  for (const name of ["handler throws", "mizan call throws"]) {
    expect(named(name).status.code).toBe(SpanStatusCode.ERROR);
    expect(named(name).attributes).toMatchObject({ "error.type": "INTERNAL_ERROR" });
  }
  for (const name of ["handler gone", "mizan call gone"]) {
    expect(named(name).status.code).toBe(SpanStatusCode.UNSET);
    expect(named(name).attributes).toMatchObject({ "error.type": "GONE" });
    expect(named(name).events).toEqual([]);
  }
  // What a client calls a function is not the name of anything.
  expect(named("mizan call").attributes).toMatchObject({ "error.type": "NOT_FOUND" });
});

test("nothing is traced where nobody listens, or the application does not want it", async () => {
  await call(await make({ tracing: false }), "outer");
  expect(spans()).toEqual([]);
  listenNoMore();
  const mizan = await make();
  await call(mizan, "outer");
  listenTo();
  expect(spans()).toEqual([]);
  // Whoever begins to listen later is told from the next request but one, when the API is loaded.
  await call(mizan, "outer");
  await new Promise(setImmediate);
  await call(mizan, "outer");
  expect(named("mizan call outer").attributes).toMatchObject({ "mizan.function": "outer" });
});

test("an SDK without the package for us is served untraced", async () => {
  let tried = 0;
  jest.doMock("@opentelemetry/api", () => {
    tried += 1;
    throw new Error("Cannot find module '@opentelemetry/api'");
  });
  await jest.isolateModulesAsync(async () => {
    const { createServer } = await import("@mizan/runtime/abi/v1/server");
    const contract = contractOf({ functions: [{ name: "ping", output: integer() }] });
    const mizan = createServer(contract, { ping: () => 1 }, { csrf: false });
    for (let round = 0; round < 3; round += 1) {
      expect((await call(mizan, "ping")).json).toEqual({ result: { result: 1 } });
      await new Promise(setImmediate);
    }
  });
  jest.dontMock("@opentelemetry/api");
  expect([tried, spans()]).toEqual([1, []]);
});
