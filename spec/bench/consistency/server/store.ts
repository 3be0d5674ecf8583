/**
 * What all servers of the benchmark answer from: the same data, the same waiting. A handler takes as many
 * milliseconds as the benchmark has set for it, as one that asks a database does.
 */
import { setTimeout as sleep } from "node:timers/promises";
import type { Order, Person } from "../mizan/server/types.js";

/** Milliseconds by the name of a read or mutation, and for all others. */
export interface Delays {
  readonly all: number;
  readonly [name: string]: number;
}

let delays: Delays = { all: 0 };

export function setDelays(wanted: Delays): void {
  delays = wanted;
}

const ROLES = ["Workshop", "Front desk", "Delivery", "Purchasing"];
const people: readonly Person[] = Array.from({ length: 16 }, (_, index) => ({
  id: index + 1,
  team_id: index < 12 ? 3 : 4,
  name: `Person ${String(index + 1).padStart(2, "0")}`,
  role: ROLES[index % ROLES.length] ?? "",
}));

const rows = (title: string, count = 8): Order[] =>
  Array.from({ length: count }, (_, index) => ({ id: index + 1, title: `${title} ${index + 1}` }));

async function after<Value>(name: string, value: () => Value): Promise<Value> {
  const ms = delays[name] ?? delays.all;
  await (ms > 0 ? sleep(ms) : null);
  return value();
}

function personOf(id: number): Person {
  const found = people.find((person) => person.id === id);
  if (!found) throw new Error(`there is no person ${id}`);
  return found;
}

export interface ById {
  readonly person_id: number;
}
export interface ByTeam {
  readonly team_id: number;
}
export interface ByAccount {
  readonly account_id: number;
}

const ofAccount = (name: string, title: string) => () => after(name, () => rows(title));

/** By the names of the contract; what they take and do not look at is left out. */
export const reads = {
  person_profile: ({ person_id }: ById) => after("person_profile", () => personOf(person_id)),
  team_members: ({ team_id }: ByTeam) =>
    after("team_members", () => people.filter((person) => person.team_id === team_id)),
  directory_people: () => after("directory_people", () => [...people]),
  board_assignees: () => after("board_assignees", () => people.slice(0, 10)),
  person_orders: () => after("person_orders", () => rows("Repair of the hinge, order")),
  latest_news: () => after("latest_news", () => rows("What is new in the workshop, part")),
  account_inbox: ofAccount("account_inbox", "Message"),
  account_alerts: ofAccount("account_alerts", "Alert"),
  account_plan: ofAccount("account_plan", "Milestone"),
  work_tasks: ofAccount("work_tasks", "Task"),
  work_files: ofAccount("work_files", "File"),
  work_report: ofAccount("work_report", "Line of the report"),
  feed_posts: ofAccount("feed_posts", "Post"),
  feed_events: ofAccount("feed_events", "Event"),
} as const;

export type ReadName = keyof typeof reads;

export const rename = ({ person_id, name }: ById & { readonly name: string }): Promise<Person> =>
  after("rename_person", () => Object.assign(personOf(person_id), { name }));
