/** What the probed application knows: put back by `POST /__reset` before every probe. */

export type Order = { id: number; title: string };

type State = { users: Map<number, string>; orders: Map<number, Order[]> };

const atStart = (): State => ({
  users: new Map([
    [5, "Ada"],
    [6, "Bob"],
    [7, "Zoë ☃"],
  ]),
  orders: new Map([
    [
      5,
      [
        { id: 1, title: "tea" },
        { id: 2, title: "cup" },
      ],
    ],
    [6, []],
  ]),
});

export const state: State = atStart();

/** What else has to forget: caches of servers that were made for it. */
export const onReset = new Set<() => void>();

export function resetState(): void {
  Object.assign(state, atStart());
  for (const forget of onReset) forget();
}

/** The orders of a user, with a list made for who has none yet. */
export function ordersOf(userId: number): Order[] {
  const known = state.orders.get(userId);
  if (known) return known;
  const fresh: Order[] = [];
  state.orders.set(userId, fresh);
  return fresh;
}

export function appendOrder(userId: number, title: string): Order {
  const orders = ordersOf(userId);
  const order = { id: orders.length + 1, title };
  orders.push(order);
  return order;
}
