/** Contexts and entries that the cache suites work with. */
import { ContextPlan, type Bundle, type Entry, type PlanInput } from "@mizan/runtime/cache";

/** `user` with `user_id`, `team_id` and `limit`; effects may name a user, or a user in a team. */
export const planOf = (input: Partial<PlanInput> = {}): ContextPlan =>
  new ContextPlan({
    context: "user",
    ttl: 3600,
    contract: "c1",
    rev: 0,
    params: new Map([
      ["limit", "integer"],
      ["team_id", "integer"],
      ["user_id", "integer"],
    ]),
    scopes: [["user_id"], ["user_id", "team_id"]],
    ...input,
  });

export type Params = Readonly<Record<string, unknown>>;

export const entryOf = (
  plan: ContextPlan,
  params: Params = {},
  user: string | number | null = null,
): Entry =>
  plan.entry(
    new Map(["limit", "team_id", "user_id"].map((name) => [name, [params[name] ?? null]])),
    user,
  );

export const bundleOf = (value: unknown): Bundle => {
  const body = JSON.stringify(value);
  return { body, etag: `"${Buffer.from(body).toString("base64url").slice(0, 27)}"` };
};

/** A promise that somebody else settles. */
export function gate<Value = void>(): {
  readonly promise: Promise<Value>;
  open(value: Value): void;
  fail(error: unknown): void;
} {
  let open!: (value: Value) => void;
  let fail!: (error: unknown) => void;
  const promise = new Promise<Value>((resolve, reject) => {
    open = resolve;
    fail = reject;
  });
  promise.catch(() => {});
  return { promise, open, fail };
}
