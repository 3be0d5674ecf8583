/**
 * The peers' servers, each in its own best idiom and with the same handlers: `node subjects.mjs <name>`.
 * They have a package of their own, installed when the benchmark first asks for them, so that nobody pays for
 * them who only works on Mizan.
 */
import express from "express";
import Fastify from "fastify";
import { initTRPC } from "@trpc/server";
import { createExpressMiddleware } from "@trpc/server/adapters/express";
import { os } from "@orpc/server";
import { RPCHandler } from "@orpc/server/node";
import { initContract } from "@ts-rest/core";
import { createExpressEndpoints, initServer } from "@ts-rest/express";
import * as z from "zod";
import { serve } from "../server/serve.mjs";

const Profile = z.object({ user_id: z.int(), name: z.string() });
const RenameUser = z.object({ user_id: z.int(), name: z.string().min(1) });
const Wide = z.object(
  Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [
      `field_${index}`,
      index % 2 === 0 ? z.int() : z.string().min(1),
    ]),
  ),
);

/** Asynchronous, as handlers that ask a database are. */
const renameUser = async ({ user_id, name }) => ({ user_id, name });
const wide = async (input) => input;

function fastify() {
  const app = Fastify();
  app.post("/rename_user", async (request) =>
    Profile.parse(await renameUser(RenameUser.parse(request.body))),
  );
  app.post("/wide", async (request) => Wide.parse(await wide(Wide.parse(request.body))));
  return new Promise((resolve) => app.ready(() => resolve((req, res) => app.routing(req, res))));
}

function trpc() {
  const t = initTRPC.create();
  const router = t.router({
    rename_user: t.procedure
      .input(RenameUser)
      .output(Profile)
      .mutation(({ input }) => renameUser(input)),
    wide: t.procedure
      .input(Wide)
      .output(Wide)
      .mutation(({ input }) => wide(input)),
  });
  return express().use("/", createExpressMiddleware({ router }));
}

function orpc() {
  const router = {
    rename_user: os
      .input(RenameUser)
      .output(Profile)
      .handler(({ input }) => renameUser(input)),
    wide: os
      .input(Wide)
      .output(Wide)
      .handler(({ input }) => wide(input)),
  };
  const handler = new RPCHandler(router);
  return express().use("/", async (req, res, next) => {
    const { matched } = await handler.handle(req, res, { prefix: "/", context: {} });
    if (!matched) next();
  });
}

function tsRest() {
  const c = initContract();
  const contract = c.router({
    rename_user: {
      method: "POST",
      path: "/rename_user",
      body: RenameUser,
      responses: { 200: Profile },
    },
    wide: { method: "POST", path: "/wide", body: Wide, responses: { 200: Wide } },
  });
  const router = initServer().router(contract, {
    rename_user: async ({ body }) => ({ status: 200, body: await renameUser(body) }),
    wide: async ({ body }) => ({ status: 200, body: await wide(body) }),
  });
  const app = express();
  app.use(express.json());
  createExpressEndpoints(contract, router, app, { responseValidation: true });
  return app;
}

const subjects = { fastify, trpc, orpc, "ts-rest": tsRest };
const make = subjects[process.argv[2]];
if (!make) throw new Error(`one of ${Object.keys(subjects).join(", ")}, please`);
serve(await make());
