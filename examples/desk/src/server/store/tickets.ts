/** Tickets and their conversations, as rows in the shape of the contract. */
import type { Queries } from "../database.js";

type Status = "open" | "waiting" | "solved";
type Priority = "low" | "normal" | "high" | "urgent";

interface TicketRow {
  id: number;
  subject: string;
  status: Status;
  priority: Priority;
  customer_id: number;
  customer_name: string;
  assignee_id: number | null;
  labels: string[];
  opened_at: Date;
}

interface MessageRow {
  id: number;
  ticket_id: number;
  author_id: number | null;
  body: string;
  internal: boolean;
  written_at: Date;
  edited: boolean;
}

const ticketColumns = `t.id, t.subject, t.status, t.priority, t.customer_id, c.name as customer_name,
  t.assignee_id, t.labels, t.opened_at`;
const ticketTables = "tickets t join customers c on c.id = t.customer_id";
const messageColumns = "id, ticket_id, author_id, body, internal, written_at, edited";

export interface TicketFilter {
  readonly status: Status | null;
  readonly assignee_id: number | null;
  readonly search: string | null;
}

/** Newest first; a null filter lets everything pass. The search looks at subjects and customers' names. */
export function listTickets(db: Queries, filter: TicketFilter): Promise<TicketRow[]> {
  return db.query(
    `select ${ticketColumns} from ${ticketTables}
      where ($1::text is null or t.status = $1)
        and ($2::int is null or t.assignee_id = $2)
        and ($3::text is null or strpos(lower(t.subject || ' ' || c.name), lower($3)) > 0)
      order by t.id desc`,
    [filter.status, filter.assignee_id, filter.search],
  );
}

export function listTicketsOfCustomer(db: Queries, customerId: number): Promise<TicketRow[]> {
  return db.query(
    `select ${ticketColumns} from ${ticketTables} where t.customer_id = $1 order by t.id desc`,
    [customerId],
  );
}

export async function findTicket(db: Queries, id: number): Promise<TicketRow | null> {
  const [row] = await db.query<TicketRow>(
    `select ${ticketColumns} from ${ticketTables} where t.id = $1`,
    [id],
  );
  return row ?? null;
}

/** The columns that one of the desk's mutations may set. */
export type TicketChange =
  | { readonly subject: string }
  | { readonly status: Status }
  | { readonly priority: Priority }
  | { readonly assignee_id: number | null }
  | { readonly labels: readonly string[] };

/** Null if there is no such ticket. */
export async function changeTicket(
  db: Queries,
  id: number,
  change: TicketChange,
): Promise<TicketRow | null> {
  if ("subject" in change) await set("subject = $2", change.subject);
  else if ("status" in change) await set("status = $2", change.status);
  else if ("priority" in change) await set("priority = $2", change.priority);
  else if ("labels" in change) await set("labels = $2::text::jsonb", JSON.stringify(change.labels));
  else await set("assignee_id = $2::int", change.assignee_id);
  return findTicket(db, id);

  async function set(assignment: string, value: string | number | null): Promise<void> {
    await db.query(`update tickets set ${assignment} where id = $1`, [id, value]);
  }
}

/** Takes the ticket for this person only if nobody else has it, in one statement, so that two cannot both win. */
export async function takeTicket(db: Queries, id: number, personId: number): Promise<boolean> {
  const rows = await db.query(
    `update tickets set assignee_id = $2
      where id = $1 and (assignee_id is null or assignee_id = $2) returning id`,
    [id, personId],
  );
  return rows.length > 0;
}

export async function addTicket(
  db: Queries,
  ticket: { customer_id: number; subject: string; priority: Priority },
): Promise<number> {
  const [row] = await db.query<{ id: number }>(
    `insert into tickets (customer_id, subject, priority, status) values ($1, $2, $3, 'open')
     returning id`,
    [ticket.customer_id, ticket.subject, ticket.priority],
  );
  if (row === undefined) throw new Error("an insert returned no row");
  return row.id;
}

/** Whether there was one to delete. */
export async function deleteTicket(db: Queries, id: number): Promise<boolean> {
  return (await db.query("delete from tickets where id = $1 returning id", [id])).length > 0;
}

export function listMessages(db: Queries, ticketId: number): Promise<MessageRow[]> {
  return db.query(`select ${messageColumns} from messages where ticket_id = $1 order by id`, [
    ticketId,
  ]);
}

export async function findMessage(db: Queries, id: number): Promise<MessageRow | null> {
  const [row] = await db.query<MessageRow>(`select ${messageColumns} from messages where id = $1`, [
    id,
  ]);
  return row ?? null;
}

export async function addMessage(
  db: Queries,
  message: { ticket_id: number; author_id: number | null; body: string; internal: boolean },
): Promise<MessageRow> {
  const [row] = await db.query<MessageRow>(
    `insert into messages (ticket_id, author_id, body, internal) values ($1, $2::int, $3, $4)
     returning ${messageColumns}`,
    [message.ticket_id, message.author_id, message.body, message.internal],
  );
  if (row === undefined) throw new Error("an insert returned no row");
  return row;
}

export async function editMessage(
  db: Queries,
  id: number,
  body: string,
): Promise<MessageRow | null> {
  const [row] = await db.query<MessageRow>(
    `update messages set body = $2, edited = true where id = $1 returning ${messageColumns}`,
    [id, body],
  );
  return row ?? null;
}

export async function deleteMessage(db: Queries, id: number): Promise<boolean> {
  return (await db.query("delete from messages where id = $1 returning id", [id])).length > 0;
}
