/**
 * The servers that are compared, one per process: `raw` is what a careful person writes with Express and
 * without any library, `raw-zod` the same with zod's checks of input and output, `by-hand` the same without
 * what Express does for an answer, and without Express; the others the same answers through our router, with
 * every check of the protocol.
 */
import type { RequestListener } from "node:http";
import express, { type Express } from "express";
import * as z from "zod";
import { redisCache, type Cache } from "@mizan/runtime/cache";
import { nodeListener } from "@mizan/runtime/server";
import {
  createServer,
  field,
  integer,
  list,
  ref,
  string,
  type ContractDefinition,
  type Mizan,
  type ServerOptions,
} from "@mizan/runtime/abi/v1/server";
import { byHand } from "./by-hand.js";
import { handlers } from "./handlers.js";
import { serve } from "./serve.mjs";

const wide = Array.from({ length: 50 }, (_, index) =>
  field(`field_${index}`, index % 2 === 0 ? integer() : string({ minLength: 1 })),
);

const context = (name: string, functions: string[], cached: boolean) => ({
  name,
  functions,
  ...(cached && { cache: { ttl: 3600, public: false } }),
});
const reader = (name: string, output: ReturnType<typeof ref>, of: string) => ({
  name,
  input: [field("user_id", integer())],
  output,
  boxed: false,
  context: of,
});

const contract = (cached: boolean): ContractDefinition => ({
  hash: "0123456789abcdef",
  structs: [
    { name: "Profile", fields: [field("user_id", integer()), field("name", string())] },
    { name: "Order", fields: [field("id", integer()), field("title", string())] },
    { name: "Wide", fields: wide },
  ],
  errors: [],
  contexts: [
    context("user", ["user_notes", "user_orders", "user_profile"], cached),
    context("page", ["page_lines"], cached),
  ],
  functions: [
    {
      name: "rename_user",
      input: [field("user_id", integer()), field("name", string({ minLength: 1 }))],
      output: ref("Profile"),
      boxed: false,
    },
    { name: "wide", input: wide, output: ref("Wide"), boxed: false },
    reader("user_profile", ref("Profile"), "user"),
    reader("user_orders", list(ref("Order")), "user"),
    reader("user_notes", list(ref("Order")), "user"),
    reader("page_lines", list(ref("Order")), "page"),
  ],
});

const secret = "a secret of the benchmark, long enough";

const mizan = (options: Partial<ServerOptions>, cached = false): Mizan =>
  createServer(contract(cached), handlers, {
    csrf: { secret },
    logger: { ...console, info: () => {} },
    ...options,
  });

const inExpress = (handler: Mizan["router"] | RequestListener): Express =>
  express().use("/api/mizan", handler);

const toProfile = z.object({ user_id: z.int(), name: z.string() });
const toRename = z.object({ user_id: z.int(), name: z.string().min(1) });
const toOrders = z.array(z.object({ id: z.int(), title: z.string() }));
const toWide = z.object(
  Object.fromEntries(
    wide.map(({ name, shape }) => [name, shape.kind === "integer" ? z.int() : z.string().min(1)]),
  ),
);

function rawApp(checked: boolean): Express {
  const check = <Value>(schema: z.ZodType, value: Value): Value =>
    checked ? (schema.parse(value) as Value) : value;
  const app = express();
  app.use(express.json());
  app.get("/api/mizan/session/", (_req, res) => {
    res.cookie("csrftoken", "x".repeat(43)).json({ csrfToken: "x".repeat(86) });
  });
  app.post("/api/mizan/call/", async (req, res) => {
    const { fn, args } = req.body;
    const result =
      fn === "wide"
        ? check(toWide, await handlers.wide(check(toWide, args)))
        : check(toProfile, await handlers.rename_user(check(toRename, args)));
    res.json({ result });
  });
  app.get("/api/mizan/ctx/user/", async (req, res) => {
    const input = { user_id: Number(req.query["user_id"]) };
    const [user_notes, user_orders, user_profile] = await Promise.all([
      handlers.user_notes(input),
      handlers.user_orders(input),
      handlers.user_profile(input),
    ]);
    res.json({
      user_notes: check(toOrders, user_notes),
      user_orders: check(toOrders, user_orders),
      user_profile: check(toProfile, user_profile),
    });
  });
  app.get("/api/mizan/ctx/page/", async (req, res) => {
    const page_lines = await handlers.page_lines({ user_id: Number(req.query["user_id"]) });
    res.json({ page_lines: check(toOrders, page_lines) });
  });
  return app;
}

const redis = (): Cache => redisCache({ url: process.env["MIZAN_BENCH_REDIS"] ?? "", secret });

const subjects: Readonly<Record<string, () => RequestListener>> = {
  raw: () => rawApp(false),
  "raw-zod": () => rawApp(true),
  "by-hand": () => inExpress(byHand()),
  "by-hand-memory": () => inExpress(byHand(true)),
  "by-hand-node": () => byHand(),
  mizan: () => inExpress(mizan({}).router),
  "mizan-without-csrf": () => inExpress(mizan({ csrf: false }).router),
  "mizan-memory": () => inExpress(mizan({}, true).router),
  "mizan-redis": () => inExpress(mizan({ cache: redis() }, true).router),
  "mizan-node": () => nodeListener(mizan({})),
  "mizan-node-memory": () => nodeListener(mizan({}, true)),
};

const make = subjects[process.argv[2] ?? ""];
if (!make) throw new Error(`one of ${Object.keys(subjects).join(", ")}, please`);
serve(make());
