import { useState } from "react";
import { useSetLabels, type Ticket } from "../../mizan/client/index.js";
import { Failure, complaintAbout } from "../parts/failure.js";

export function Labels({ ticket }: { readonly ticket: Ticket }) {
  const setLabels = useSetLabels();
  const [draft, setDraft] = useState("");

  function save(labels: readonly string[]) {
    return setLabels.mutate({ ticket_id: ticket.id, labels: [...new Set(labels)] });
  }

  const complaint = complaintAbout(setLabels.error, "labels");
  return (
    <fieldset className="field">
      <legend>Labels</legend>
      <form
        className="labels"
        onSubmit={(event) => {
          event.preventDefault();
          const label = draft.trim().toLowerCase();
          if (label === "") return;
          save([...ticket.labels, label]).then(
            () => setDraft(""),
            () => undefined,
          );
        }}
      >
        {ticket.labels.map((label) => (
          <button
            key={label}
            type="button"
            className="label"
            title={`Remove the label ${label}`}
            onClick={() => save(ticket.labels.filter((other) => other !== label))}
          >
            {label} <span aria-hidden="true">×</span>
          </button>
        ))}
        <input
          aria-label="New label"
          placeholder="Add a label"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
        />
      </form>
      {complaint === null ? (
        <Failure of={[setLabels.error]} />
      ) : (
        <p className="failure" role="alert">
          {complaint}
        </p>
      )}
    </fieldset>
  );
}
