/** A page as a story is one: a component on the server in memory. Bundled for a browser by `story.test.ts`. */
import { createRoot } from "react-dom/client";
import {
  fetchUserContext,
  MizanContext,
  UserContext,
} from "../../generated/readme/client/index.js";
import {
  createTestMizan,
  exampleProfile,
  exampleUserOrdersOutput,
} from "../../generated/readme/client/testing.js";
import { Renaming } from "../examples/readme/renaming.js";

const server = createTestMizan(
  {
    userProfile: ({ user_id }) => exampleProfile({ user_id, name: "Ada Ä 漢 😀" }),
    userOrders: () => exampleUserOrdersOutput(),
    renameUser: ({ user_id, name }, ctx) => {
      if (name === "") throw new Error("nobody is called so");
      ctx.log.info(ctx.requestId);
      return exampleProfile({ user_id, name });
    },
  },
  { delayMs: 20 },
);

async function ask(path: string, init?: RequestInit): Promise<readonly [number, string]> {
  const request = new Request(`https://any.example/api/mizan${path}`, init);
  const response = await server.respond(request);
  return [response.status, await response.text()];
}

Object.assign(globalThis, { server, ask, fetchUserContext });

const place = document.body.appendChild(document.createElement("main"));
createRoot(place).render(
  <MizanContext client={server.client}>
    <UserContext user_id={5}>
      <Renaming userId={5} />
    </UserContext>
  </MizanContext>,
);
