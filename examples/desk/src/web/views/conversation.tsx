/** View 4: what was written about one ticket. Reads the ticket context. */
import { useEffect, useRef, useState, type ReactNode } from "react";
import {
  TicketContext,
  useCurrentPerson,
  useDeleteMessage,
  useEditMessage,
  useRenameTicket,
  useSuspenseTicketContext,
  useTeam,
  type Message,
  type Ticket,
} from "../../mizan/client/index.js";
import { ViewFrame } from "../ledger/view-frame.js";
import { Ago } from "../parts/ago.js";
import { Avatar } from "../parts/avatar.js";
import { Editable } from "../parts/editable.js";
import { Failure, complaintAbout, wordsFor } from "../parts/failure.js";
import { Part } from "../parts/part.js";
import { addressOf, type Route } from "../route.js";
import { Composer } from "./composer.js";

interface ConversationProps {
  readonly route: Route;
  readonly ticketId: number;
}

export function Conversation({ route, ticketId }: ConversationProps) {
  return (
    <ViewFrame
      label="Conversation"
      className="conversation"
      shows={["ticket", "global.team"]}
      hooks={["useSuspenseTicketContext", "useTeam"]}
    >
      <a className="back" href={addressOf(route.folder, null)}>
        ← Tickets
      </a>
      <Part>
        <TicketContext ticket_id={ticketId}>
          <Thread />
        </TicketContext>
      </Part>
    </ViewFrame>
  );
}

function Thread() {
  const { data, error } = useSuspenseTicketContext();
  return (
    <>
      {error !== null && <p className="nothing">{wordsFor(error)}</p>}
      <Heading ticket={data.ticket_detail} />
      <Messages count={data.ticket_thread.length}>
        {data.ticket_thread.map((message) => (
          <li key={message.id}>
            <OneMessage message={message} ticket={data.ticket_detail} />
          </li>
        ))}
      </Messages>
      <Composer ticketId={data.ticket_detail.id} />
    </>
  );
}

/** Stays at the newest message. */
function Messages({ count, children }: { readonly count: number; readonly children: ReactNode }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  return (
    <ol ref={list} className="messages">
      {children}
    </ol>
  );
}

function Heading({ ticket }: { readonly ticket: Ticket }) {
  const rename = useRenameTicket();
  const complaint = complaintAbout(rename.error, "subject");
  return (
    <header className="conversation-head">
      <h1>
        <Editable
          label="Subject"
          value={ticket.subject}
          onSave={(subject) => rename.mutate({ ticket_id: ticket.id, subject })}
        />
      </h1>
      <p>
        #{ticket.id} · {ticket.customer_name} · <Ago at={ticket.opened_at} />
      </p>
      {complaint === null ? (
        <Failure of={[rename.error]} />
      ) : (
        <p className="failure" role="alert">
          This subject cannot be used: {complaint}
        </p>
      )}
    </header>
  );
}

function OneMessage({ message, ticket }: { readonly message: Message; readonly ticket: Ticket }) {
  const team = useTeam() ?? [];
  const me = useCurrentPerson();
  const edit = useEditMessage();
  const remove = useDeleteMessage();
  const [draft, setDraft] = useState<string | null>(null);
  const author = team.find(({ id }) => id === message.author_id) ?? null;
  const from = message.author_id === null ? "customer" : message.internal ? "note" : "desk";
  const place = { ticket_id: ticket.id, message_id: message.id };

  return (
    <article className={`message message-${from}`}>
      <header>
        {author !== null && <Avatar person={author} />}
        <strong>{author?.name ?? ticket.customer_name}</strong>
        <span>
          {from === "note" && "note among colleagues · "}
          <Ago at={message.written_at} />
          {message.edited && " · edited"}
        </span>
        {me !== null && me.id === message.author_id && draft === null && (
          <span className="message-actions">
            <button type="button" className="link" onClick={() => setDraft(message.body)}>
              Edit
            </button>
            <button
              type="button"
              className="link"
              disabled={remove.isPending}
              onClick={() => remove.mutate(place)}
            >
              Delete
            </button>
          </span>
        )}
      </header>
      {draft === null ? (
        <p>{message.body}</p>
      ) : (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault();
            edit.mutate({ ...place, body: draft }).then(
              () => setDraft(null),
              () => undefined,
            );
          }}
        >
          <textarea
            aria-label="Message"
            rows={3}
            value={draft}
            autoFocus
            onChange={(event) => setDraft(event.target.value)}
          />
          <p className="form-actions">
            <button type="button" className="button button-quiet" onClick={() => setDraft(null)}>
              Cancel
            </button>
            <button className="button button-main" disabled={edit.isPending}>
              Save
            </button>
          </p>
        </form>
      )}
      <Failure of={[edit.error, remove.error]} />
    </article>
  );
}
