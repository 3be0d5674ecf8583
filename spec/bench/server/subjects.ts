/**
 * The servers that are compared, one per process: `raw` is what a careful person writes with Express and
 * without any library, `mizan` the same answer through the router, with every check of the protocol.
 */
import express, { type Express } from "express";
import {
  createServer,
  field,
  integer,
  ref,
  string,
  type ContractDefinition,
} from "@mizan/runtime/abi/v1/server";

const wide = Array.from({ length: 50 }, (_, index) =>
  field(`field_${index}`, index % 2 === 0 ? integer() : string({ minLength: 1 })),
);

const contract: ContractDefinition = {
  hash: "0123456789abcdef",
  structs: [
    { name: "Profile", fields: [field("user_id", integer()), field("name", string())] },
    { name: "Wide", fields: wide },
  ],
  errors: [],
  contexts: [],
  functions: [
    {
      name: "rename_user",
      input: [field("user_id", integer()), field("name", string({ minLength: 1 }))],
      output: ref("Profile"),
      boxed: false,
    },
    { name: "wide", input: wide, output: ref("Wide"), boxed: false },
  ],
};

/** Handlers are asynchronous, as those that ask a database are. */
const handlers = {
  rename_user: async ({ user_id, name }: { user_id: number; name: string }) => ({ user_id, name }),
  wide: async (input: object) => input,
};

function mizanApp(csrf: boolean): Express {
  const app = express();
  const mizan = createServer(contract, handlers, {
    csrf: csrf ? { secret: "a secret of the benchmark" } : false,
    logger: console,
  });
  app.use("/api/mizan", mizan.router);
  return app;
}

function rawApp(): Express {
  const app = express();
  app.use(express.json());
  app.get("/api/mizan/session/", (_req, res) => {
    res.cookie("csrftoken", "x".repeat(43)).json({ csrfToken: "x".repeat(86) });
  });
  app.post("/api/mizan/call/", async (req, res) => {
    const { fn, args } = req.body;
    const result = fn === "wide" ? await handlers.wide(args) : await handlers.rename_user(args);
    res.json({ result });
  });
  return app;
}

const subjects: Readonly<Record<string, () => Express>> = {
  raw: rawApp,
  mizan: () => mizanApp(true),
  "mizan-without-csrf": () => mizanApp(false),
};

const app = subjects[process.argv[2] ?? ""]?.();
if (!app) throw new Error(`one of ${Object.keys(subjects).join(", ")}, please`);
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" ? address?.port : undefined });
});
// The parent asks for the CPU time used so far, in microseconds.
process.on("message", () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system });
});
process.on("disconnect", () => process.exit());
