/** The customer of the open ticket, and what else they asked. Reads the customer context. */
import { useState } from "react";
import {
  useSuspenseCustomerContext,
  useUpdateCustomer,
  type Customer,
} from "../../mizan/client/index.js";
import { Failure } from "../parts/failure.js";
import { addressOf, type Route } from "../route.js";

export function CustomerCard({ route }: { readonly route: Route }) {
  const { data } = useSuspenseCustomerContext();
  const [editing, setEditing] = useState(false);
  const { customer_profile: customer, customer_tickets: tickets } = data;
  const others = tickets.filter(({ id }) => id !== route.ticket);

  return (
    <div className="customer">
      <h2>
        Customer
        {!editing && (
          <button type="button" className="link" onClick={() => setEditing(true)}>
            Edit
          </button>
        )}
      </h2>
      {editing ? (
        <EditCustomer customer={customer} onClose={() => setEditing(false)} />
      ) : (
        <>
          <p className="customer-name">
            {customer.name}
            {customer.company !== "" && <small>{customer.company}</small>}
          </p>
          {customer.note !== "" && <p className="customer-note">{customer.note}</p>}
          <p className="customer-facts">
            <a href={`mailto:${customer.email}`}>{customer.email}</a>
            <br />
            Customer since {customer.since.slice(0, 4)}
          </p>
        </>
      )}
      {others.length > 0 && (
        <>
          <h3>Also from them</h3>
          <ul className="customer-tickets">
            {others.map((ticket) => (
              <li key={ticket.id}>
                <a href={addressOf(route.folder, ticket.id)}>
                  <span className={`status-dot status-${ticket.status}`} title={ticket.status} />
                  {ticket.subject}
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

interface EditCustomerProps {
  readonly customer: Customer;
  readonly onClose: () => void;
}

function EditCustomer({ customer, onClose }: EditCustomerProps) {
  const update = useUpdateCustomer();
  const [name, setName] = useState(customer.name);
  const [company, setCompany] = useState(customer.company);
  const [note, setNote] = useState(customer.note);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        update
          .mutate({ customer_id: customer.id, name, company, note })
          .then(onClose, () => undefined);
      }}
    >
      <label>
        Name
        <input value={name} autoFocus onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        Company
        <input value={company} onChange={(event) => setCompany(event.target.value)} />
      </label>
      <label>
        Note
        <textarea rows={2} value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Failure of={[update.error]} />
      <p className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          Cancel
        </button>
        <button className="button button-main" disabled={update.isPending}>
          Save
        </button>
      </p>
    </form>
  );
}
