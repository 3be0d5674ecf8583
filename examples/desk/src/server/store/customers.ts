import type { Queries } from "../database.js";

interface CustomerRow {
  id: number;
  name: string;
  company: string;
  email: string;
  note: string;
  since: string;
}

/** A `date` of the contract is text, so the database writes it as such and no time zone can move it. */
const customerColumns = "id, name, company, email, note, to_char(since, 'YYYY-MM-DD') as since";

export function listCustomers(db: Queries): Promise<CustomerRow[]> {
  return db.query(`select ${customerColumns} from customers order by name`);
}

export async function findCustomer(db: Queries, id: number): Promise<CustomerRow | null> {
  const [row] = await db.query<CustomerRow>(
    `select ${customerColumns} from customers where id = $1`,
    [id],
  );
  return row ?? null;
}

export async function changeCustomer(
  db: Queries,
  id: number,
  change: { name: string; company: string; note: string },
): Promise<CustomerRow | null> {
  const [row] = await db.query<CustomerRow>(
    `update customers set name = $2, company = $3, note = $4 where id = $1
     returning ${customerColumns}`,
    [id, change.name, change.company, change.note],
  );
  return row ?? null;
}
