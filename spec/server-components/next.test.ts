/** What `spec/server-components.md` says of Next.js, as far as it can be tried without it. */
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { memoryCache } from "@mizan/runtime/cache";
import { createClient, type Client } from "@mizan/runtime/client";
import { inProcess, type Mizan } from "@mizan/runtime/server";
import { fetchBlogContext } from "../blog/mizan/client/index.js";
import { createWireapp } from "../wireapp/app.js";
import { callRenameUser, fetchUserContext } from "../../generated/wireapp/client/index.js";

const clientOf = (of: Mizan): Client => createClient({ transport: inProcess(of) });

test("the page shows the files that are tried here", () => {
  const text = readFileSync(join(__dirname, "../server-components.md"), "utf8");
  for (const file of ["mizan.ts", "route.ts"]) {
    expect(text).toContain(readFileSync(join(__dirname, "next", file), "utf8").trim());
  }
});

test("the route answers what the browser asks for", async () => {
  process.env["CSRF_SECRET"] = "csrf-secret-of-a-test-csrf-secret-of-a-test";
  const { default: route } = await import("./next/route.js");
  const { mizan } = await import("./next/mizan.js");
  const listener = createServer(route).listen(0, "127.0.0.1");
  await once(listener, "listening");
  const address = listener.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  const client = createClient({ baseUrl: `http://127.0.0.1:${address.port}/api/mizan`, retry: 0 });
  await expect(fetchBlogContext({ author: "ada" }, { client })).resolves.toHaveProperty("posts");
  listener.closeAllConnections();
  listener.close();
  await mizan.close();
});

test("two servers with one cache purge for each other", async () => {
  const cache = memoryCache();
  const [page, api] = [createWireapp({ cache }).mizan, createWireapp({ cache }).mizan];
  const nameOnPage = async (): Promise<string> =>
    (await fetchUserContext({ user_id: 5 }, { client: clientOf(page) })).user_profile.name;
  const before = await nameOnPage();
  await callRenameUser({ user_id: 5, name: `${before} II` }, { client: clientOf(api) });
  expect(await nameOnPage()).toBe(`${before} II`);
  await Promise.all([page.close(), api.close()]);
});
