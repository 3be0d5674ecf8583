/** View 5: the facts of one ticket and its customer. Shares one slot of the ticket context with the conversation. */
import {
  CustomerContext,
  TicketContext,
  useAssignTicket,
  useCurrentPerson,
  useDeleteTicket,
  useSetPriority,
  useSetStatus,
  useSuspenseTicketDetail,
  useTakeTicket,
  useTeam,
  type Priority,
  type Status,
  type Ticket,
} from "../../mizan/client/index.js";
import { ViewFrame } from "../ledger/view-frame.js";
import { Avatar } from "../parts/avatar.js";
import { Failure } from "../parts/failure.js";
import { Part } from "../parts/part.js";
import { addressOf, goTo, type Route } from "../route.js";
import { CustomerCard } from "./customer-card.js";
import { Labels } from "./labels.js";

const statuses: readonly Status[] = ["open", "waiting", "solved"];
const priorities: readonly Priority[] = ["low", "normal", "high", "urgent"];

interface DetailsProps {
  readonly route: Route;
  readonly ticketId: number;
}

export function Details({ route, ticketId }: DetailsProps) {
  return (
    <ViewFrame
      label="Details"
      className="details"
      shows={["ticket", "customer", "global.team"]}
      hooks={["useSuspenseTicketDetail", "useSuspenseCustomerContext"]}
    >
      <div className="view-body">
        <Part>
          <TicketContext ticket_id={ticketId}>
            <Fields route={route} />
          </TicketContext>
        </Part>
      </div>
    </ViewFrame>
  );
}

function Fields({ route }: { readonly route: Route }) {
  const ticket = useSuspenseTicketDetail();
  return (
    <>
      <StatusField ticket={ticket} />
      <PriorityField ticket={ticket} />
      <AssigneeField ticket={ticket} />
      <Labels ticket={ticket} />
      <Part>
        <CustomerContext customer_id={ticket.customer_id}>
          <CustomerCard route={route} />
        </CustomerContext>
      </Part>
      <DeleteField ticket={ticket} route={route} />
    </>
  );
}

function StatusField({ ticket }: { readonly ticket: Ticket }) {
  const setStatus = useSetStatus();
  return (
    <fieldset className="field">
      <legend>Status</legend>
      <div className="segments">
        {statuses.map((status) => (
          <button
            key={status}
            type="button"
            aria-pressed={status === ticket.status}
            onClick={() => setStatus.mutate({ ticket_id: ticket.id, status })}
          >
            <span className={`status-dot status-${status}`} />
            {status}
          </button>
        ))}
      </div>
      <Failure of={[setStatus.error]} />
    </fieldset>
  );
}

function PriorityField({ ticket }: { readonly ticket: Ticket }) {
  const setPriority = useSetPriority();
  /** Shown at once, here and in the lists; what the server answers takes its place. */
  const choose = (priority: Priority) =>
    setPriority.mutate(
      { ticket_id: ticket.id, priority },
      {
        optimistic: (draft) => {
          const set = (shown: Ticket) => shown.id === ticket.id && (shown.priority = priority);
          draft.ticket({ ticket_id: ticket.id }, ({ ticket_detail }) => set(ticket_detail));
          draft.inbox({}, ({ inbox_tickets }) => inbox_tickets.forEach(set));
        },
      },
    );
  return (
    <fieldset className="field">
      <legend>Priority</legend>
      <div className="segments">
        {priorities.map((priority) => (
          <button
            key={priority}
            type="button"
            aria-pressed={priority === ticket.priority}
            onClick={() => choose(priority)}
          >
            {priority}
          </button>
        ))}
      </div>
      <Failure of={[setPriority.error]} />
    </fieldset>
  );
}

function AssigneeField({ ticket }: { readonly ticket: Ticket }) {
  const team = useTeam() ?? [];
  const me = useCurrentPerson();
  const assign = useAssignTicket();
  const take = useTakeTicket();
  const holder = team.find(({ id }) => id === ticket.assignee_id) ?? null;
  return (
    <fieldset className="field">
      <legend>Answered by</legend>
      <div className="assignee">
        <Avatar person={holder} />
        <select
          aria-label="Answered by"
          value={ticket.assignee_id ?? ""}
          onChange={({ target }) =>
            assign.mutate({
              ticket_id: ticket.id,
              assignee_id: target.value === "" ? null : Number(target.value),
            })
          }
        >
          <option value="">Nobody yet</option>
          {team.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
        {(me === null || me.id !== ticket.assignee_id) && (
          <button
            type="button"
            className="button"
            disabled={take.isPending}
            onClick={() => take.mutate({ ticket_id: ticket.id })}
          >
            Take it
          </button>
        )}
      </div>
      {take.error?.code === "ALREADY_TAKEN" ? (
        // A declared error: `details` has the type that the contract gives it.
        <p className="failure" role="alert">
          {take.error.details.name} already has this one.
        </p>
      ) : (
        <Failure of={[take.error, assign.error]} />
      )}
    </fieldset>
  );
}

function DeleteField({ ticket, route }: { readonly ticket: Ticket; readonly route: Route }) {
  const remove = useDeleteTicket();
  const me = useCurrentPerson();
  if (me?.role !== "lead") return null;
  return (
    <div className="field">
      <button
        type="button"
        className="link link-danger"
        disabled={remove.isPending}
        onClick={() => {
          if (!confirm(`Delete “${ticket.subject}” and its conversation?`)) return;
          remove.mutate({ ticket_id: ticket.id }).then(
            () => goTo(addressOf(route.folder, null)),
            () => undefined,
          );
        }}
      >
        Delete this ticket
      </button>
      <Failure of={[remove.error]} />
    </div>
  );
}
