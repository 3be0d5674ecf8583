/** View 3: the list of tickets in a folder, narrowed by a search. Reads the inbox context. */
import { useEffect, useState } from "react";
import {
  InboxContext,
  useSuspenseInboxContext,
  useTeam,
  type Ticket,
} from "../../mizan/client/index.js";
import { ViewFrame } from "../ledger/view-frame.js";
import { Ago } from "../parts/ago.js";
import { Avatar } from "../parts/avatar.js";
import { Part } from "../parts/part.js";
import { addressOf, goTo, home, type Route } from "../route.js";

export function Inbox({ route }: { readonly route: Route }) {
  const { folder } = route;
  const [text, setText] = useState("");
  const search = useSettled(text.trim(), 150);
  return (
    <ViewFrame
      label="Tickets"
      className="inbox"
      shows={["inbox", "global.team"]}
      hooks={["useSuspenseInboxContext", "useTeam"]}
    >
      <input
        className="search"
        type="search"
        placeholder="Search subjects and customers"
        aria-label="Search tickets"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="view-body">
        <Part>
          <InboxContext
            keepPrevious
            status={folder.kind === "status" ? folder.status : null}
            assignee_id={folder.kind === "person" ? folder.id : null}
            search={search === "" ? null : search}
          >
            <TicketList route={route} />
          </InboxContext>
        </Part>
      </div>
    </ViewFrame>
  );
}

function TicketList({ route }: { readonly route: Route }) {
  const { data, isFetching } = useSuspenseInboxContext();
  const tickets = data.inbox_tickets;
  useFirstTicket(tickets[0]?.id ?? null);
  if (tickets.length === 0) return <p className="nothing">No tickets here.</p>;
  return (
    <ul className="tickets" aria-busy={isFetching}>
      {tickets.map((ticket) => (
        <li key={ticket.id}>
          <Row ticket={ticket} route={route} />
        </li>
      ))}
    </ul>
  );
}

function Row({ ticket, route }: { readonly ticket: Ticket; readonly route: Route }) {
  const team = useTeam() ?? [];
  const assignee = team.find(({ id }) => id === ticket.assignee_id) ?? null;
  return (
    <a
      className="ticket-row"
      href={addressOf(route.folder, ticket.id)}
      aria-current={ticket.id === route.ticket ? "true" : undefined}
      data-ticket={ticket.id}
    >
      <span className={`status-dot status-${ticket.status}`} title={ticket.status} />
      <strong>{ticket.subject}</strong>
      <span className="ticket-row-facts">
        {ticket.customer_name} · <Ago at={ticket.opened_at} />
      </span>
      {(ticket.priority === "urgent" || ticket.priority === "high") && (
        <span className={`priority priority-${ticket.priority}`}>{ticket.priority}</span>
      )}
      <Avatar person={assignee} />
    </a>
  );
}

/** Opens the newest ticket for a visitor who came without an address, where there is room for it. */
function useFirstTicket(ticket: number | null): void {
  useEffect(() => {
    const arrived = location.pathname === home && matchMedia("(width >= 780px)").matches;
    if (arrived && ticket !== null) goTo(addressOf({ kind: "all" }, ticket), "replace");
  }, [ticket]);
}

/** The value once it has not changed for this many milliseconds. */
function useSettled<Value>(value: Value, delay: number): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}
