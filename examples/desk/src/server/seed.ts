/**
 * The desk of Larkspur, makers of cargo bicycles, on an ordinary morning. Data only, written by hand so that
 * every ticket reads like a real one; that is why it is long. Ages are minutes before the moment of seeding.
 */
import type { Database, Queries } from "./database.js";

type SeedMessage = { by: "customer" | number; ago: number; body: string; internal?: true };

type SeedTicket = {
  id: number;
  subject: string;
  status: "open" | "waiting" | "solved";
  priority: "low" | "normal" | "high" | "urgent";
  customer: number;
  assignee: number | null;
  labels: readonly string[];
  messages: readonly SeedMessage[];
};

export const people = [
  { id: 1, name: "Mara Okafor", role: "lead", note: "Runs the desk", hue: 262 },
  { id: 2, name: "Tomás Rivera", role: "agent", note: "Brakes and frames", hue: 18 },
  { id: 3, name: "Ines Halloran", role: "agent", note: "Back at two", hue: 158 },
  { id: 4, name: "Jun Watanabe", role: "agent", note: "Batteries, motors, displays", hue: 205 },
  { id: 5, name: "Priya Nair", role: "agent", note: "Orders and invoices", hue: 330 },
] as const;

export const customers = [
  {
    id: 1,
    name: "Ada Lindqvist",
    company: "Lindqvist Bakery",
    email: "ada@lindqvist-bakery.example",
    note: "Delivers bread from five in the morning. Never call before noon.",
    since: "2022-03-14",
  },
  {
    id: 2,
    name: "Noor Haddad",
    company: "Kita Sonnenhof",
    email: "noor@kita-sonnenhof.example",
    note: "Six bikes, all with child seats: safety questions first.",
    since: "2023-08-01",
  },
  {
    id: 3,
    name: "Bram de Wit",
    company: "De Wit Couriers",
    email: "bram@dewit-couriers.example",
    note: "Fleet of 24. Has a spare parts contract.",
    since: "2021-01-20",
  },
  {
    id: 4,
    name: "Lucía Ferrer",
    company: "",
    email: "lucia.ferrer@post.example",
    note: "",
    since: "2025-05-09",
  },
  {
    id: 5,
    name: "Samuel Osei",
    company: "Osei Flowers",
    email: "samuel@osei-flowers.example",
    note: "Prefers short answers.",
    since: "2024-02-29",
  },
  {
    id: 6,
    name: "Hanna Virtanen",
    company: "Virtanen & Daughters",
    email: "hanna@virtanen.example",
    note: "Rides through the Finnish winter; asks good questions.",
    since: "2022-11-02",
  },
  {
    id: 7,
    name: "Emre Yıldız",
    company: "Yıldız Repairs",
    email: "emre@yildiz-repairs.example",
    note: "A workshop of our own network: may open frames.",
    since: "2020-06-17",
  },
] as const;

export const tickets: readonly SeedTicket[] = [
  {
    id: 115,
    subject: "Display shows E07 after the rain",
    status: "open",
    priority: "high",
    customer: 1,
    assignee: 4,
    labels: ["display", "motor"],
    messages: [
      {
        by: "customer",
        ago: 96,
        body: "Heavy rain this morning, now the display shows E07 and there is no assistance. The bike rides, but 80 kg of bread uphill is not what I had in mind.",
      },
      {
        by: 4,
        ago: 70,
        body: "That sounds like water in the plug under the bottom bracket. Could you pull it, dry both halves and send me a picture?",
      },
      {
        by: 4,
        ago: 69,
        body: "Third E07 this month, all from the spring batch. I have asked the supplier about the seal.",
        internal: true,
      },
      {
        by: "customer",
        ago: 38,
        body: "Picture attached. There was quite a puddle in there. Dry now, still E07.",
      },
    ],
  },
  {
    id: 114,
    subject: "Left brake lever goes all the way in",
    status: "open",
    priority: "urgent",
    customer: 2,
    assignee: null,
    labels: ["brakes", "safety"],
    messages: [
      {
        by: "customer",
        ago: 128,
        body: "Good morning! On bike 4 the left lever touches the grip since today. The right one is fine. We have an outing with twelve children at eleven, so I took it out of service.",
      },
    ],
  },
  {
    id: 113,
    subject: "Invoice 2210 names the wrong company",
    status: "open",
    priority: "normal",
    customer: 5,
    assignee: 5,
    labels: ["invoice"],
    messages: [
      {
        by: "customer",
        ago: 150,
        body: "Invoice says Osei Florals. We are Osei Flowers. Please send again.",
      },
    ],
  },
  {
    id: 112,
    subject: "Spare keys for four frame locks",
    status: "waiting",
    priority: "low",
    customer: 3,
    assignee: 2,
    labels: ["orders"],
    messages: [
      {
        by: "customer",
        ago: 410,
        body: "We need two more keys each for locks 18 to 21. Contract number as always.",
      },
      {
        by: 2,
        ago: 380,
        body: "Happy to. The key number is stamped beside the keyhole: four digits and a letter. Could one of your riders read them out to me?",
      },
    ],
  },
  {
    id: 111,
    subject: "How cold may the battery get?",
    status: "waiting",
    priority: "normal",
    customer: 6,
    assignee: 4,
    labels: ["battery"],
    messages: [
      {
        by: "customer",
        ago: 1500,
        body: "We expect −25 °C from tomorrow. The bike sleeps in an unheated shed. Is that all right for the battery if I only ride it for twenty minutes?",
      },
      {
        by: 4,
        ago: 1440,
        body: "Riding is fine down to −20 °C, with about a third less range. Charging below freezing is what damages the cells, so take the battery inside and let it warm up for two hours first. How do you charge it today?",
      },
    ],
  },
  {
    id: 110,
    subject: "Cargo box scratches at the hinge",
    status: "open",
    priority: "normal",
    customer: 4,
    assignee: null,
    labels: ["frame"],
    messages: [
      {
        by: "customer",
        ago: 1610,
        body: "The lid rubs against the box where it folds. The paint is already gone on one side. Is there a washer missing?",
      },
    ],
  },
  {
    id: 109,
    subject: "Torque for the rear axle, model 3",
    status: "solved",
    priority: "low",
    customer: 7,
    assignee: 2,
    labels: ["workshop"],
    messages: [
      { by: "customer", ago: 2900, body: "Rear axle of a model 3, 2023: 40 or 50 Nm?" },
      {
        by: 2,
        ago: 2870,
        body: "50 Nm, dry thread. The 40 in the old manual was for the model 2.",
      },
      { by: "customer", ago: 2860, body: "Thanks, that was quick." },
    ],
  },
  {
    id: 108,
    subject: "Two bikes with a knocking headset",
    status: "open",
    priority: "high",
    customer: 3,
    assignee: 2,
    labels: ["frame", "fleet"],
    messages: [
      {
        by: "customer",
        ago: 3100,
        body: "Bikes 7 and 12 knock when braking. Our mechanic tightened both headsets last week and the play is back.",
      },
      {
        by: 2,
        ago: 3050,
        body: "Back after one week means the lower cup is worn. Both were on the cobblestone route, weren't they?",
        internal: true,
      },
    ],
  },
  {
    id: 107,
    subject: "Rain cover for the child bench",
    status: "solved",
    priority: "low",
    customer: 2,
    assignee: 5,
    labels: ["orders"],
    messages: [
      { by: "customer", ago: 4400, body: "Do you have the rain cover for the long bench again?" },
      { by: 5, ago: 4300, body: "Back in stock since Monday. Shall I add two to your next order?" },
      { by: "customer", ago: 4250, body: "Yes please, two." },
    ],
  },
  {
    id: 106,
    subject: "Can the motor learn to start more gently?",
    status: "open",
    priority: "normal",
    customer: 1,
    assignee: null,
    labels: ["motor"],
    messages: [
      {
        by: "customer",
        ago: 4600,
        body: "With the full load it jumps at the traffic lights and the rolls jump with it. Is there a setting?",
      },
    ],
  },
  {
    id: 105,
    subject: "Delivery before the weekend?",
    status: "solved",
    priority: "normal",
    customer: 5,
    assignee: 5,
    labels: ["orders"],
    messages: [
      { by: "customer", ago: 7300, body: "Will the second bike come before Saturday?" },
      { by: 5, ago: 7200, body: "It leaves here on Thursday and arrives on Friday morning." },
    ],
  },
  {
    id: 104,
    subject: "Kickstand spring is too strong",
    status: "waiting",
    priority: "low",
    customer: 4,
    assignee: 3,
    labels: ["frame"],
    messages: [
      {
        by: "customer",
        ago: 8800,
        body: "I can hardly push the stand down. Can I change the spring?",
      },
      {
        by: 3,
        ago: 8700,
        body: "You can. There is a softer one, part 31-204. Would you like it sent, or fitted at a workshop near you?",
      },
    ],
  },
];

/** Fills an empty database; leaves one that has people alone. */
export async function seed(database: Database): Promise<void> {
  await database.transaction(async (db) => {
    if ((await db.query("select 1 from people limit 1")).length > 0) return;
    for (const person of people) {
      await db.query("insert into people (id, name, role, note, hue) values ($1, $2, $3, $4, $5)", [
        person.id,
        person.name,
        person.role,
        person.note,
        person.hue,
      ]);
    }
    for (const customer of customers) {
      await db.query(
        `insert into customers (id, name, company, email, note, since)
         values ($1, $2, $3, $4, $5, $6::text::date)`,
        [
          customer.id,
          customer.name,
          customer.company,
          customer.email,
          customer.note,
          customer.since,
        ],
      );
    }
    for (const ticket of tickets) await seedTicket(db, ticket);
  });
}

async function seedTicket(db: Queries, ticket: SeedTicket): Promise<void> {
  const opened = ticket.messages[0]?.ago ?? 0;
  await db.query(
    `insert into tickets
       (id, subject, status, priority, customer_id, assignee_id, labels, opened_at)
     values ($1, $2, $3, $4, $5, $6::int, $7::text::jsonb, now() - $8 * interval '1 minute')`,
    [
      ticket.id,
      ticket.subject,
      ticket.status,
      ticket.priority,
      ticket.customer,
      ticket.assignee,
      JSON.stringify(ticket.labels),
      opened,
    ],
  );
  for (const message of ticket.messages) {
    await db.query(
      `insert into messages (ticket_id, author_id, body, internal, written_at)
       values ($1, $2::int, $3, $4, now() - $5 * interval '1 minute')`,
      [
        ticket.id,
        message.by === "customer" ? null : message.by,
        message.body,
        message.internal ?? false,
        message.ago,
      ],
    );
  }
}
