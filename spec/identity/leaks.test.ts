/**
 * Nothing about a user is ever in an answer, a cache entry, a log line or an error of another.
 *
 * Many users ask at once, over connections that they share as behind a proxy, by session, by our token, by a
 * bearer token and as nobody; whatever is sent, logged or kept is searched for markers of others. `LEAK_SEED`
 * repeats a run: what is asked is then the same, though not the order in which it arrives.
 */
import { Agent, createServer as createHttpServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import express from "express";
import { memoryCache, type Bundle, type Cache } from "@mizan/runtime/cache";
import { nodeListener } from "@mizan/runtime/server";
import { recorder } from "../protocol/ask.js";
import { createChance, type Chance } from "../support/random.js";
import { createApplication, markerOf, ownersIn, STAFF } from "./leak-app.js";

const USERS = 12;
const ROUNDS = 12;
const SEED = Number(process.env["LEAK_SEED"] ?? 20_240_611);

type Answer = { readonly status: number; readonly headers: string; readonly body: string };
type Way = "session" | "mwt" | "bearer" | "nobody";
type Asked = {
  readonly method?: string;
  readonly path: string;
  readonly body?: object;
  readonly accept?: string;
};

const { lines, logger } = recorder();
/** Whose markers each entry of the cache ever held. */
const kept = new Map<string, { readonly context: string; readonly owners: Set<number> }>();
const application = createApplication(USERS, { logger, cache: watched(memoryCache()) });
/** Whose request an id of an internal error is. */
const requestOwners = new Map<string, number | null>();
const counts = { answers: 0, ownMarkers: 0, refused: 0, hits: 0 };

const agent = new Agent({ keepAlive: true, maxSockets: 8 });
const servers: Server[] = [];
beforeAll(async () => {
  const { mizan } = application;
  for (const listener of [
    express().use("/api/mizan", mizan.router).use(mizan.views),
    nodeListener(mizan),
  ]) {
    const server = createHttpServer(listener);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.push(server);
  }
});
afterAll(() => {
  agent.destroy();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

function watched(inner: Cache): Cache {
  return {
    async load(entry, loader) {
      const { name } = entry;
      const { context } = entry.plan;
      const { owners } = kept.get(name) ?? { owners: new Set() };
      kept.set(name, { context, owners });
      const note = (bundle: Bundle | undefined): void => {
        for (const owner of ownersIn(bundle?.body ?? "")) owners.add(owner);
      };
      const found = await inner.load(entry, async () => {
        const bundle = await loader();
        note(bundle ?? undefined);
        return bundle;
      });
      note(found?.bundle);
      if (found?.hit === true) counts.hits += 1;
      return found;
    },
    purge: (scopes) => inner.purge(scopes),
    close: () => inner.close(),
  };
}

function send(port: number, asked: Asked, given: Record<string, string>): Promise<Answer> {
  const body = asked.body === undefined ? "" : JSON.stringify(asked.body);
  const headers = {
    ...given,
    ...(asked.accept !== undefined && { accept: asked.accept }),
    ...(body !== "" && {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    }),
  };
  const { method = body === "" ? "GET" : "POST", path } = asked;
  return new Promise((resolve, reject) => {
    const to = { port, host: "127.0.0.1", path, method, headers, agent };
    const sent = request(to, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.rawHeaders.join("\n"),
          body: text,
        }),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** One user with everything that identifies them. Rights change between rounds only. */
class Actor {
  readonly id: number;
  readonly chance: Chance;
  #csrf: Record<string, string> = {};
  #mwt = "";

  constructor(id: number, chance: Chance) {
    this.id = id;
    this.chance = chance;
  }

  get #user() {
    const user = application.users.get(this.id);
    if (!user) throw new Error(`${this.id} is no user`);
    return user;
  }

  async signIn(): Promise<void> {
    const { headers, body } = await this.#send({ path: "/api/mizan/session/" }, {});
    const cookie = /csrftoken=[\w-]+/.exec(headers)?.[0] ?? "";
    this.#csrf = { cookie, "x-csrftoken": JSON.parse(body).csrfToken };
    await this.renewToken();
  }

  async renewToken(): Promise<void> {
    const { status, body } = await this.#send(call("issue"), this.#headers("session"));
    expect(status).toBe(200);
    this.#mwt = JSON.parse(body).result.result;
    const claims = Buffer.from(this.#mwt.split(".")[1] ?? "", "base64url").toString();
    expect(JSON.parse(claims)).toMatchObject({ sub: String(this.id), staff: this.#user.isStaff });
  }

  /** An old token says what the user was allowed, so it is worth nothing any more. */
  async changeRights(): Promise<void> {
    const user = this.#user;
    user.isStaff = !user.isStaff;
    expect((await this.#send(read("me"), this.#headers("mwt"))).status).toBe(401);
    await this.renewToken();
  }

  async askAnything(): Promise<void> {
    const way = this.chance.pick<Way>(["session", "session", "mwt", "mwt", "bearer", "nobody"]);
    const make = this.chance.pick(questions);
    const { asked, expected } = make(this, way !== "nobody", way);
    const answer = await this.#send(asked, this.#headers(way));
    const owner = way === "nobody" ? null : this.id;
    const maySee = new Set(owner === null ? [] : [owner]);
    if (owner !== null && this.isStaff) maySee.add(STAFF);
    const whole = `${answer.headers}\n${answer.body}`;
    const seen = ownersIn(whole);
    const about = `${way} ${this.id}: ${JSON.stringify(asked)} → ${answer.status} ${whole}`;
    const foreign = [...seen].filter((one) => !maySee.has(one));
    expect(foreign.length === 0 ? "" : `markers of ${foreign.join()} in ${about}`).toBe("");
    expect([about, answer.status]).toEqual([about, expected.status]);
    if (expected.own === true) expect([about, seen.has(this.id)]).toEqual([about, true]);
    if (expected.own === false) expect([about, [...seen]]).toEqual([about, []]);
    const requestId = /"request_id":"([^"]+)"/.exec(answer.body)?.[1];
    if (requestId !== undefined) requestOwners.set(requestId, owner);
    counts.answers += 1;
    if (seen.has(this.id)) counts.ownMarkers += 1;
    if (answer.status >= 400) counts.refused += 1;
  }

  get isStaff(): boolean {
    return this.#user.isStaff;
  }

  #send(asked: Asked, headers: Record<string, string>): Promise<Answer> {
    const server = this.chance.pick(servers);
    return send((server.address() as AddressInfo).port, asked, headers);
  }

  /** What else is sent is somebody else's: a token decides alone. */
  #headers(way: Way): Record<string, string> {
    const { credentialOf } = application;
    const other = credentialOf((this.id % USERS) + 1);
    switch (way) {
      case "session":
        return { "x-session": credentialOf(this.id), ...this.#csrf };
      case "mwt":
        return { "x-mizan-token": this.#mwt, "x-session": other, authorization: `Bearer ${other}` };
      case "bearer":
        return { authorization: `Bearer ${credentialOf(this.id)}`, "x-session": other };
      case "nobody":
        return this.#csrf;
    }
  }
}

/** `own`: whether the asker's marker must be there, or no marker at all. */
type Expected = { readonly status: number; readonly own?: boolean };
type Question = (actor: Actor, signedIn: boolean, way: Way) => { asked: Asked; expected: Expected };

const read = (context: string, query = "", more: Partial<Asked> = {}): Asked => ({
  path: `/api/mizan/ctx/${context}/${query}`,
  ...more,
});
const call = (fn: string, args: object = {}): Asked => ({
  path: "/api/mizan/call/",
  body: { fn, args },
});
const lineByLine = { accept: "application/x-ndjson" };

/** What only somebody gets: their own, or 401. */
const forSomebody = (signedIn: boolean): Expected =>
  signedIn ? { status: 200, own: true } : { status: 401, own: false };
/** What everybody gets, each their own. */
const forAnybody = (signedIn: boolean): Expected => ({ status: 200, own: signedIn });
const nothing = (status: number): Expected => ({ status, own: false });

const questions: readonly Question[] = [
  (_, signedIn) => ({ asked: read("me"), expected: forSomebody(signedIn) }),
  (_, signedIn) => ({ asked: read("me", "", lineByLine), expected: forSomebody(signedIn) }),
  ({ id }, signedIn) => ({
    asked: read("user", `?user_id=${id}`),
    expected: signedIn ? forSomebody(true) : nothing(403),
  }),
  ({ id, chance }) => ({
    asked: read("user", `?user_id=${id + 1 + chance.int(USERS)}`),
    expected: nothing(403),
  }),
  ({ chance }, signedIn) => ({
    asked: read("tagged", `?tag=${chance.pick(["a", "b"])}`),
    expected: forAnybody(signedIn),
  }),
  (_, signedIn) => ({ asked: read("hint"), expected: forAnybody(signedIn) }),
  (_, signedIn) => ({ asked: read("hint", "", lineByLine), expected: forAnybody(signedIn) }),
  (_, signedIn) => ({ asked: read("uncached"), expected: forAnybody(signedIn) }),
  ({ isStaff }, signedIn) => ({
    asked: read("audit"),
    expected: signedIn ? (isStaff ? { status: 200 } : nothing(403)) : nothing(401),
  }),
  () => ({ asked: read("board"), expected: nothing(200) }),
  () => ({ asked: read("board", "", lineByLine), expected: nothing(200) }),
  ({ id, chance }, signedIn) => ({
    asked: {
      path: "/api/mizan/ctx/",
      body: {
        contexts: chance.shuffle([
          { context: "me", params: {} },
          { context: "board", params: {} },
          { context: "hint", params: {} },
          { context: "audit", params: {} },
          { context: "user", params: { user_id: id } },
          { context: "user", params: { user_id: (id % USERS) + 1 } },
        ]),
      },
    },
    expected: { status: 200, own: signedIn },
  }),
  ({ id, chance }, signedIn) => ({
    asked: call("write_note", { text: `${markerOf(id)} ${chance.int(1000)}` }),
    expected: forSomebody(signedIn),
  }),
  ({ chance }) => ({
    asked: call("touch_tag", { tag: chance.pick(["a", "b"]) }),
    expected: nothing(200),
  }),
  (_, signedIn) => ({ asked: call("my_profile"), expected: forSomebody(signedIn) }),
  (_, signedIn) => ({ asked: call("relay"), expected: forSomebody(signedIn) }),
  (_, signedIn) => ({ asked: call("hint_text"), expected: forAnybody(signedIn) }),
  (_, signedIn) => ({ asked: call("fail"), expected: { status: 418, own: signedIn } }),
  (_, signedIn) => ({ asked: call("say"), expected: { status: 200, own: signedIn } }),
  (_, signedIn) => ({ asked: { path: "/page" }, expected: forSomebody(signedIn) }),
  (_, signedIn) => ({ asked: { path: "/page/", body: {} }, expected: forAnybody(signedIn) }),
  () => ({ asked: call("crash"), expected: nothing(500) }),
  () => ({ asked: call("misshape"), expected: nothing(500) }),
  () => ({ asked: call("hidden"), expected: nothing(403) }),
  (_, signedIn, way) => ({
    asked: call("issue"),
    expected: nothing(way === "session" ? 200 : signedIn ? 403 : 401),
  }),
];

test(`whoever asks sees nobody else's, seed ${SEED}`, async () => {
  const chance = createChance(SEED);
  const actors = Array.from(
    { length: USERS },
    (_, index) => new Actor(index + 1, createChance(chance.int(2 ** 31))),
  );
  await Promise.all(
    actors.map(async (actor) => {
      await actor.signIn();
      for (let round = 0; round < ROUNDS; round++) {
        if (actor.chance.one(3)) await actor.changeRights();
        const many = 1 + actor.chance.int(6);
        await Promise.all(Array.from({ length: many }, () => actor.askAnything()));
      }
    }),
  );
  expect(counts.answers).toBeGreaterThan((USERS * ROUNDS) / 2);
  expect(counts.ownMarkers).toBeGreaterThan(counts.answers / 4);
  expect(counts.refused).toBeGreaterThan(0);
}, 30_000);

test("no entry of the cache holds more than one user's, and none that all share any", () => {
  const mixed = Array.from(kept.values(), ({ context, owners }) => ({
    context,
    owners: [...owners],
  })).filter(({ context, owners }) => owners.length > (context === "board" ? 0 : 1));
  expect(mixed).toEqual([]);
  expect(new Set(Array.from(kept.values(), ({ context }) => context))).toEqual(
    new Set(["me", "user", "tagged", "hint", "audit", "board"]),
  );
  expect(counts.hits).toBeGreaterThan(0);
});

test("no log line holds another's", () => {
  let marked = 0;
  for (const line of lines) {
    const text = inspect(line, { depth: 10 });
    const owners = [...ownersIn(text)];
    expect(owners.length <= 1 ? "" : text).toBe("");
    const requestId = /request_id: '([^']+)'/.exec(text)?.[1] ?? "";
    const owner = requestOwners.get(requestId);
    if (owner !== undefined)
      expect([text, owners.filter((one) => one !== owner)]).toEqual([text, []]);
    marked += owners.length;
  }
  expect(marked).toBeGreaterThan(0);
});
