/**
 * The peers' servers beside ours, in the same process and with the same handlers.
 * tRPC: https://trpc.io/docs/server/adapters/standalone
 */
import { initTRPC } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import * as z from "zod";

const t = initTRPC.create();
const Person = z.object({ id: z.int(), team_id: z.int(), name: z.string(), role: z.string() });
const Rows = z.array(z.object({ id: z.int(), title: z.string() }));
const INPUTS = {
  person_profile: z.object({ person_id: z.int() }),
  team_members: z.object({ team_id: z.int() }),
  person_orders: z.object({ person_id: z.int() }),
  directory_people: z.void(),
  board_assignees: z.void(),
  latest_news: z.void(),
};
const OUTPUTS = {
  person_profile: Person,
  team_members: z.array(Person),
  directory_people: z.array(Person),
  board_assignees: z.array(Person),
};

export function createPeers({ reads, rename }) {
  const queries = Object.entries(reads).map(([name, read]) => [
    name,
    t.procedure
      .input(INPUTS[name] ?? z.object({ account_id: z.int() }))
      .output(OUTPUTS[name] ?? Rows)
      .query(({ input }) => read(input)),
  ]);
  const router = t.router({
    ...Object.fromEntries(queries),
    rename_person: t.procedure
      .input(z.object({ person_id: z.int(), name: z.string() }))
      .output(Person)
      .mutation(({ input }) => rename(input)),
  });
  const handler = createHTTPHandler({ router, basePath: "/trpc/" });
  return (req, res) => {
    if (!req.url?.startsWith("/trpc/")) return false;
    handler(req, res);
    return true;
  };
}
