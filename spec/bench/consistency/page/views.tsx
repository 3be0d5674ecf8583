/** The page: five views that show the name of one person, by four reads, two bystanders, and the form. */
import type { ReactElement } from "react";
import type { Order, Person } from "../mizan/client/types.js";
import { PERSON, type Loaded, type Subject } from "./subject.js";

export const SHOWING = ["greeting", "card", "team", "directory", "board"] as const;
export const BYSTANDERS = ["orders", "news"] as const;
export type ViewName = (typeof SHOWING)[number] | (typeof BYSTANDERS)[number];

/** How often each view was rendered. */
export type Renders = Record<ViewName, number>;

const List = ({ rows }: { readonly rows: readonly (Person | Order)[] }): ReactElement => (
  <ul>
    {rows.map((row) => (
      <li key={row.id}>{"name" in row ? `${row.name}, ${row.role}` : row.title}</li>
    ))}
  </ul>
);

/** `nextName` is what somebody has typed. */
export function createPage(
  subject: Subject,
  renders: Renders,
  nextName: () => string,
): () => ReactElement {
  const view = <T,>(name: ViewName, use: () => Loaded<T>, show: (value: T) => ReactElement) =>
    function View(): ReactElement {
      renders[name]++;
      const value = use();
      return (
        <section data-view={name}>
          {value === null || value === undefined ? null : show(value)}
        </section>
      );
    };
  const ofRows = (rows: readonly (Person | Order)[]): ReactElement => <List rows={rows} />;

  const Greeting = view("greeting", subject.useProfile, ({ name }) => <h1>Good day, {name}</h1>);
  const Card = view("card", subject.useProfile, ({ name, role }) => (
    <p>
      {name}, {role}
    </p>
  ));
  const Team = view("team", subject.useMembers, ofRows);
  const Directory = view("directory", subject.usePeople, ofRows);
  const Board = view("board", subject.useAssignees, ofRows);
  const Orders = view("orders", subject.useOrders, ofRows);
  const News = view("news", subject.useNews, ofRows);

  function Form(): ReactElement {
    const rename = subject.useRename();
    return (
      <button type="button" onClick={() => void rename({ person_id: PERSON, name: nextName() })}>
        Rename
      </button>
    );
  }

  return () => (
    <subject.Root>
      <Greeting />
      <Card />
      <Team />
      <Directory />
      <Board />
      <Orders />
      <News />
      <Form />
    </subject.Root>
  );
}
