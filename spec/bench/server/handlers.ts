/** What all servers of the benchmark answer: about half a kilobyte (`user`), and 20 kB (`page`). */
const ORDERS = 5;
const LINES = 340;

type ById = { user_id: number };

const orders = (count: number, title: string) =>
  Array.from({ length: count }, (_, index) => ({ id: index, title: `${title} number ${index}` }));

/** Asynchronous, as those that ask a database are. */
export const handlers = {
  rename_user: async ({ user_id, name }: { user_id: number; name: string }) => ({ user_id, name }),
  wide: async (input: object) => input,
  user_profile: async ({ user_id }: ById) => ({ user_id, name: "Ada Lovelace" }),
  user_orders: async ({ user_id }: ById) => orders(ORDERS, `order of ${user_id},`),
  user_notes: async ({ user_id }: ById) => orders(ORDERS, `note on ${user_id},`),
  page_lines: async ({ user_id }: ById) => orders(LINES, `a line of the page of ${user_id},`),
};
