/**
 * Ours as it is published: the built package, a contract's factories, and a transport to the simulated server,
 * which answers mutations with their effects. What the author of a page writes is the call.
 */
import { contextOf, functionOf, watchOf, type Draft } from "@mizan/runtime/abi/v1/client";
import {
  createClient,
  type Answer,
  type Effects,
  type Transport,
  type Watch,
} from "@mizan/runtime/client";
import type { Data, Mutation, Order, Query, Result, Value } from "./app.js";
import { Refused, type Backend, type OpenCache } from "./cache.js";

interface UserParams {
  readonly user_id: number;
}
interface UserData {
  profile: Value;
  orders: readonly Order[];
}
type TeamParams = Readonly<Record<string, never>>;
interface TeamData {
  total: Value;
}
interface Drafts {
  readonly user: Draft<UserParams, UserData>;
  readonly team: Draft<TeamParams, TeamData>;
}

const contract = { hash: "race", headerPrefix: "X-Mizan-" };
const define = contextOf(contract);
const watchUser = watchOf(
  define<UserParams, UserData>("user", {
    profile: "user_id:integer",
    orders: "user_id:integer",
  }),
);
const watchTeam = watchOf(define<TeamParams, TeamData>("team", { total: "" }));
const callMutate = functionOf(contract)<Mutation, Result, never, Drafts>("mutate");

type Style = "merge" | "invalidate";

/** What the server says with its answer, as a contract's `merge` or `affects` would have it. */
function effectsOf(style: Style, mutation: Mutation, { profile, order, total }: Result): Effects {
  const user = "user" in mutation ? [{ context: "user", params: { user_id: mutation.user } }] : [];
  if (style === "invalidate") return { invalidate: [...user, ...(total ? ["team"] : [])] };
  const op = mutation.kind === "remove" ? "remove" : "upsert";
  return {
    merge: [
      ...user.flatMap((to) => [
        ...(profile ? [{ ...to, slot: "profile", value: profile }] : []),
        ...(order ? [{ ...to, slot: "orders", op, key: "id", value: order } as const] : []),
      ]),
      ...(total ? [{ context: "team", slot: "total", value: total }] : []),
    ],
  };
}

function transportTo({ read, mutate }: Backend, style: Style): Transport {
  const ok = (body: object): Answer => ({ status: 200, body: { ...body } });
  return {
    call: async (_fn, args, { onSend }) => {
      onSend();
      // What is sent is what the author called with.
      const mutation = args as Mutation;
      try {
        const result = await mutate(mutation);
        return ok({ result, ...effectsOf(style, mutation, result) });
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return { status: 409, body: { error: true, code: "NOT_NOW" } };
      }
    },
    fetch: async (context, { user_id }, { onSend }) => {
      onSend();
      if (context === "team") {
        const [total] = await read(["total"]);
        return ok({ total });
      }
      const user = user_id === 1 ? 1 : 2;
      const [profile, orders] = await read([`profile:${user}`, `orders:${user}`]);
      return ok({ profile, orders });
    },
  };
}

export const openOurs =
  (style: Style, isOptimistic = false): OpenCache =>
  (backend, changed) => {
    const client = createClient({ transport: transportTo(backend, style), timeoutMs: 0 });
    const handles = new Map<Query, Watch<Partial<UserData & TeamData>>>();

    const watch = (query: Query): Watch<Partial<UserData & TeamData>> =>
      query === "total"
        ? watchTeam({}, { client })
        : watchUser({ user_id: query.endsWith("1") ? 1 : 2 }, { client });
    const dataOf = (query: Query): Data | undefined => {
      const slots = handles.get(query)?.getState().slots;
      return slots?.[
        query === "total" ? "total" : query.startsWith("profile") ? "profile" : "orders"
      ];
    };
    const draftOf =
      (mutation: Mutation) =>
      (draft: Drafts): void => {
        const result = backend.expected(mutation);
        if (result.total) draft.team({}, (team) => Object.assign(team, { total: result.total }));
        if (!("user" in mutation)) return;
        draft.user({ user_id: mutation.user }, (user) => {
          if (result.profile) user.profile = result.profile;
          const orders = backend.patched(`orders:${mutation.user}`, user.orders, mutation, result);
          if (result.order && Array.isArray(orders)) user.orders = orders;
        });
      };

    return {
      mount: (query) => {
        const handle = watch(query);
        const unsubscribe = handle.subscribe(changed);
        handles.set(query, handle);
        changed();
        return () => {
          unsubscribe();
          handle.release();
        };
      },
      refetch: (query) => handles.get(query)?.refetch(),
      mutate: (mutation) => {
        const optimistic = isOptimistic ? draftOf(mutation) : undefined;
        callMutate(mutation, { client, optimistic }).catch(() => undefined);
      },
      shown: (query) => {
        const state = handles.get(query)?.getState();
        return {
          data: dataOf(query),
          isFetching: state?.isFetching ?? false,
          isError: state?.error !== null,
        };
      },
      close: () => undefined,
    };
  };
