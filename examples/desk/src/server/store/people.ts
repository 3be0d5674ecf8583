/** The people of the desk, their sessions, and the counts beside the folders. */
import type { Queries } from "../database.js";

interface PersonRow {
  id: number;
  name: string;
  role: "agent" | "lead";
  note: string;
  hue: number;
}

const personColumns = "id, name, role, note, hue";

export function listPeople(db: Queries): Promise<PersonRow[]> {
  return db.query(`select ${personColumns} from people order by id`);
}

export async function findPerson(db: Queries, id: number): Promise<PersonRow | null> {
  const [row] = await db.query<PersonRow>(`select ${personColumns} from people where id = $1`, [
    id,
  ]);
  return row ?? null;
}

export async function changePerson(
  db: Queries,
  id: number,
  change: { name: string; note: string },
): Promise<PersonRow | null> {
  const [row] = await db.query<PersonRow>(
    `update people set name = $2, note = $3 where id = $1 returning ${personColumns}`,
    [id, change.name, change.note],
  );
  return row ?? null;
}

export async function findPersonOfSession(db: Queries, session: string): Promise<PersonRow | null> {
  const [row] = await db.query<PersonRow>(
    `select ${personColumns} from people
      where id = (select person_id from sessions where id = $1)`,
    [session],
  );
  return row ?? null;
}

export async function startSession(db: Queries, id: string, personId: number): Promise<void> {
  await db.query("insert into sessions (id, person_id) values ($1, $2)", [id, personId]);
}

export async function endSession(db: Queries, id: string): Promise<void> {
  await db.query("delete from sessions where id = $1", [id]);
}

interface Counts {
  all: number;
  open: number;
  waiting: number;
  solved: number;
  urgent: number;
}

export async function countTickets(db: Queries): Promise<Counts> {
  const [row] = await db.query<Counts>(
    `select count(*)::int as all,
            count(*) filter (where status = 'open')::int as open,
            count(*) filter (where status = 'waiting')::int as waiting,
            count(*) filter (where status = 'solved')::int as solved,
            count(*) filter (where priority = 'urgent' and status <> 'solved')::int as urgent
       from tickets`,
  );
  return row ?? { all: 0, open: 0, waiting: 0, solved: 0, urgent: 0 };
}
