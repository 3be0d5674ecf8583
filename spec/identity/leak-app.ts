/**
 * An application in which everything a user sees carries that user's marker: data, errors, headers, log lines.
 * Its handlers dawdle, so that requests of many users are under way in each other's midst.
 */
import { createHash, randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { field, integer, list, optional, ref, string } from "@mizan/runtime/abi/v1/server";
import type { Mizan, ServerOptions } from "@mizan/runtime/server";
import { serverOf } from "../protocol/ask.js";

export type User = { id: number; isStaff: boolean; permissions: string[] };

/** Owner of the marker that only staff may see. */
export const STAFF = 0;

/** A text that is found wherever it ends up, and says whose it is. */
export const markerOf = (owner: number): string =>
  `mk${owner}x${createHash("sha256").update(`marker of ${owner}`).digest("hex").slice(0, 12)}`;

/** Whose markers stand in a text. */
export function ownersIn(text: string): Set<number> {
  return new Set(Array.from(text.matchAll(/mk(\d+)x[0-9a-f]{12}/g), ([, owner]) => Number(owner)));
}

const PROFILE = { name: "Profile", fields: [field("id", integer()), field("secret", string())] };
const PRIVATE_CACHE = { ttl: 60, public: false };

const contract = {
  structs: [PROFILE],
  errors: [
    {
      name: "Personal",
      code: "PERSONAL",
      status: 418,
      message: "Personal",
      fields: [field("secret", string())],
    },
  ],
  contexts: [
    { name: "me", functions: ["my_notes", "my_profile"], cache: PRIVATE_CACHE },
    { name: "user", functions: ["user_profile"], cache: PRIVATE_CACHE },
    { name: "tagged", functions: ["tag_hint"], cache: PRIVATE_CACHE },
    { name: "hint", functions: ["hint_text"], cache: PRIVATE_CACHE },
    { name: "audit", functions: ["audit_text"], cache: PRIVATE_CACHE },
    { name: "uncached", functions: ["uncached_profile"] },
    { name: "board", functions: ["board_text"], cache: { ttl: 60, public: true } },
  ],
  functions: [
    {
      name: "my_profile",
      context: "me",
      output: ref("Profile"),
      boxed: false,
      guard: { role: "required" } as const,
    },
    {
      name: "my_notes",
      context: "me",
      output: list(string()),
      guard: { role: "required" } as const,
    },
    {
      name: "user_profile",
      context: "user",
      input: [field("user_id", integer())],
      output: ref("Profile"),
      boxed: false,
      guard: { predicate: "is_self" },
    },
    { name: "tag_hint", context: "tagged", input: [field("tag", string())], output: string() },
    { name: "hint_text", context: "hint", output: optional(string()) },
    { name: "audit_text", context: "audit", output: string(), guard: { role: "staff" } as const },
    {
      name: "uncached_profile",
      context: "uncached",
      output: optional(ref("Profile")),
      boxed: false,
    },
    { name: "board_text", context: "board", output: string() },
    {
      name: "write_note",
      input: [field("text", string())],
      output: list(string()),
      guard: { role: "required" } as const,
      merges: [{ context: "me", slot: "my_notes" }],
      affects: [{ context: "hint" }],
    },
    {
      name: "touch_tag",
      input: [field("tag", string())],
      affects: [{ context: "tagged", params: [["tag", ["input", "tag"] as const] as const] }],
    },
    { name: "fail", errors: ["Personal"] },
    { name: "crash" },
    { name: "misshape", output: integer() },
    { name: "say" },
    { name: "relay", output: ref("Profile"), boxed: false },
    { name: "hidden", private: true, output: string() },
    { name: "issue", output: string(), guard: { role: "required" } as const },
  ],
  views: [
    {
      name: "page",
      route: ["page"],
      methods: ["GET"],
      input: [],
      context: "me",
      guard: { role: "required" } as const,
    },
    {
      name: "save_page",
      route: ["page"],
      methods: ["POST"],
      input: [],
      affects: [{ context: "hint" }],
    },
  ],
};

type Ctx = {
  user: User | null;
  app: { marker: string | null };
  res: { set(name: string, value: string): void; append(name: string, value: string): void };
  log: { info(message: string, fields?: object): void };
  errors: { Personal(details: object): Error };
  call: { my_profile(): Promise<object> };
  issueMwt(): Promise<string>;
};
type ViewCtx = Omit<Ctx, "res"> & {
  res: { setHeader(name: string, value: string): void; end(text: string): void };
};

export type Application = {
  readonly mizan: Mizan;
  readonly users: ReadonlyMap<number, User>;
  /** What a session, or a bearer token, is known by. */
  credentialOf(id: number): string;
};

/** `count` users, with ids from 1. */
export function createApplication(count: number, options: ServerOptions): Application {
  const ids = Array.from({ length: count }, (_, index) => index + 1);
  const users = new Map(
    ids.map((id): [number, User] => [id, { id, isStaff: false, permissions: [`p${id}`] }]),
  );
  const credentials = new Map(ids.map((id) => [randomBytes(9).toString("hex"), id]));
  const byId = new Map(Array.from(credentials, ([credential, id]) => [id, credential]));
  const notes = new Map(ids.map((id) => [id, [markerOf(id)]]));
  const pause = (): Promise<void> => sleep(Math.floor(Math.random() * 3));

  const known = async (credential: string): Promise<User | null> => {
    await pause();
    const id = credentials.get(credential);
    // A copy, as a database would answer.
    return id === undefined ? null : { ...(users.get(id) as User) };
  };
  const own = ({ user, app }: Pick<Ctx, "user" | "app">): string => {
    const marker = user === null ? "nobody" : markerOf(user.id);
    if (app.marker !== null && app.marker !== marker) throw new Error("ctx.app is another's");
    return marker;
  };
  const profile = (ctx: Ctx): object => ({
    id: ctx.user?.id ?? 0,
    secret: own(ctx),
    more: own(ctx),
  });
  const after =
    <Answer>(
      answer: (ctx: Ctx, input: { tag: string; text: string }) => Answer | Promise<Answer>,
    ) =>
    async (input: { tag: string; text: string }, ctx: Ctx): Promise<Answer> => {
      await pause();
      return answer(ctx, input);
    };

  async function answerPage(_: unknown, ctx: ViewCtx): Promise<void> {
    await pause();
    ctx.res.setHeader("X-Page", own(ctx));
    ctx.res.end(`page of ${own(ctx)}`);
  }

  const handlers = {
    my_profile: after(profile),
    my_notes: after((ctx) => notes.get(ctx.user?.id ?? 0)),
    user_profile: after(profile),
    tag_hint: after((ctx, { tag }) => `${tag} for ${own(ctx)}`),
    hint_text: after((ctx) => (ctx.user === null ? null : own(ctx))),
    audit_text: after(() => markerOf(STAFF)),
    uncached_profile: after((ctx) => (ctx.user === null ? null : profile(ctx))),
    // It answers what it knows of its user, which must be nothing.
    board_text: after((ctx) => `board of ${own(ctx)}`),
    write_note: after((ctx, { text }) => {
      const list = notes.get(ctx.user?.id ?? 0) ?? [];
      list.splice(1, list.length, text);
      return [...list];
    }),
    touch_tag: after(() => null),
    fail: after((ctx) => {
      throw ctx.errors.Personal({ secret: own(ctx), more: own(ctx) });
    }),
    crash: after((ctx) => {
      throw new Error(`crashed for ${own(ctx)}`);
    }),
    misshape: after(own),
    say: after((ctx) => {
      ctx.log.info(`said by ${own(ctx)}`, { user: own(ctx) });
      ctx.res.set("X-Said", own(ctx));
      ctx.res.append("Set-Cookie", `said=${own(ctx)}`);
      return null;
    }),
    relay: after((ctx) => ctx.call.my_profile()),
    hidden: () => markerOf(STAFF),
    issue: after((ctx) => ctx.issueMwt()),
    page: answerPage,
    save_page: answerPage,
  };
  const applied: object = {
    authenticate: (req: { headers: { "x-session"?: string } }) =>
      known(req.headers["x-session"] ?? ""),
    bearer: known,
    mwt: {
      secret: "a secret that is long enough for HS256",
      loadUser: async ({ sub }: { sub: string }) => known(byId.get(Number(sub)) ?? ""),
    },
    context: async (_: object, user: User | null) => {
      await pause();
      return { marker: user === null ? null : markerOf(user.id) };
    },
    predicates: {
      is_self: async ({ user, input }: { user: User | null; input: { user_id: number } }) => {
        await pause();
        return user?.id === input.user_id;
      },
    },
    csrf: { secret: "a secret of some length" },
  };
  return {
    mizan: serverOf(contract, handlers, { ...applied, ...options }),
    users,
    credentialOf: (id) => byId.get(id) ?? "",
  };
}
