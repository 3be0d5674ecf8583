/** A dialog that opens a ticket. The address book is read only while it stands. */
import { useEffect, useRef, useState } from "react";
import {
  AddressBookContext,
  useCustomers,
  useOpenTicket,
  type Priority,
} from "../../mizan/client/index.js";
import { Failure, complaintAbout } from "../parts/failure.js";
import { addressOf, goTo, type Folder } from "../route.js";

interface NewTicketProps {
  readonly folder: Folder;
  readonly onClose: () => void;
}

export function NewTicket({ folder, onClose }: NewTicketProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="dialog" aria-label="New ticket" onClose={onClose}>
      <AddressBookContext>
        <NewTicketForm folder={folder} onClose={onClose} />
      </AddressBookContext>
    </dialog>
  );
}

function NewTicketForm({ folder, onClose }: NewTicketProps) {
  const customers = useCustomers() ?? [];
  const open = useOpenTicket();
  const [customer, setCustomer] = useState("");
  const [subject, setSubject] = useState("");
  const [body, setBody] = useState("");
  const [priority, setPriority] = useState<Priority>("normal");
  const customerId = customer === "" ? customers[0]?.id : Number(customer);

  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (customerId === undefined) return;
        open.mutate({ customer_id: customerId, subject, body, priority }).then(
          (ticket) => {
            onClose();
            goTo(addressOf(folder, ticket.id));
          },
          () => undefined,
        );
      }}
    >
      <h2>New ticket</h2>
      <label>
        Customer
        <select value={customerId ?? ""} onChange={(event) => setCustomer(event.target.value)}>
          {customers.map(({ id, name, company }) => (
            <option key={id} value={id}>
              {company === "" ? name : `${name}, ${company}`}
            </option>
          ))}
        </select>
      </label>
      <label>
        Subject
        <input value={subject} autoFocus onChange={(event) => setSubject(event.target.value)} />
        <Complaint text={complaintAbout(open.error, "subject")} />
      </label>
      <label>
        What they wrote
        <textarea rows={5} value={body} onChange={(event) => setBody(event.target.value)} />
        <Complaint text={complaintAbout(open.error, "body")} />
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={priority === "urgent"}
          onChange={(event) => setPriority(event.target.checked ? "urgent" : "normal")}
        />
        This is urgent
      </label>
      {open.error?.code !== "VALIDATION_ERROR" && <Failure of={[open.error]} />}
      <p className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          Cancel
        </button>
        <button className="button button-main" disabled={open.isPending}>
          Open ticket
        </button>
      </p>
    </form>
  );
}

function Complaint({ text }: { readonly text: string | null }) {
  return text === null ? null : (
    <span className="failure" role="alert">
      {text}
    </span>
  );
}
