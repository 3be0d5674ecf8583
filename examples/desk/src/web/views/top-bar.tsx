/** View 1: who is signed in, and what is urgent. Reads the global context. */
import { useState } from "react";
import {
  useCurrentPerson,
  useDeskCounts,
  useSignIn,
  useSignOut,
  useTeam,
  useUpdateMe,
  type Person,
} from "../../mizan/client/index.js";
import { ViewFrame } from "../ledger/view-frame.js";
import { Avatar } from "../parts/avatar.js";
import { Failure } from "../parts/failure.js";
import { addressOf, type Route } from "../route.js";
import { NewTicket } from "./new-ticket.js";

export function TopBar({ route }: { readonly route: Route }) {
  const person = useCurrentPerson();
  const counts = useDeskCounts();
  const [opening, setOpening] = useState(false);
  return (
    <ViewFrame
      label="Desk"
      className="top-bar"
      shows={["global.current_person", "global.desk_counts"]}
      hooks={["useCurrentPerson", "useDeskCounts"]}
    >
      <a className="brand" href={addressOf({ kind: "all" }, null)}>
        <Logo />
        <span>
          Larkspur <small>help desk</small>
        </span>
      </a>
      {counts !== null && counts.urgent > 0 && (
        <p className="urgent-count">
          {counts.urgent} urgent {counts.urgent === 1 ? "ticket" : "tickets"}
        </p>
      )}
      <span className="space" />
      {person !== null && (
        <button type="button" className="button" onClick={() => setOpening(true)}>
          New ticket
        </button>
      )}
      {person === null ? <SignIn /> : <Myself person={person} />}
      {opening && <NewTicket folder={route.folder} onClose={() => setOpening(false)} />}
    </ViewFrame>
  );
}

function SignIn() {
  const team = useTeam() ?? [];
  const signIn = useSignIn();
  return (
    <div className="sign-in">
      <Failure of={[signIn.error]} />
      <span className="sign-in-words">Sign in as</span>
      {team.map((person) => (
        <button
          key={person.id}
          type="button"
          className="sign-in-person"
          disabled={signIn.isPending}
          aria-label={`Sign in as ${person.name}`}
          title={`${person.name}${person.role === "lead" ? ", who leads the desk" : ""}`}
          onClick={() => signIn.mutate({ person_id: person.id })}
        >
          <Avatar person={person} />
        </button>
      ))}
    </div>
  );
}

function Myself({ person }: { readonly person: Person }) {
  const signOut = useSignOut();
  const [editing, setEditing] = useState(false);
  return (
    <div className="myself">
      <button
        type="button"
        className="myself-button"
        aria-expanded={editing}
        title="Change your name and note"
        onClick={() => setEditing(!editing)}
      >
        <Avatar person={person} />
        <span>
          <strong>{person.name}</strong>
          <small>{person.note === "" ? "No note" : person.note}</small>
        </span>
      </button>
      <button
        type="button"
        className="button button-quiet"
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        Sign out
      </button>
      {editing && <EditMyself person={person} onClose={() => setEditing(false)} />}
    </div>
  );
}

function EditMyself({
  person,
  onClose,
}: {
  readonly person: Person;
  readonly onClose: () => void;
}) {
  const updateMe = useUpdateMe();
  const [name, setName] = useState(person.name);
  const [note, setNote] = useState(person.note);
  return (
    <form
      className="popover form"
      onSubmit={(event) => {
        event.preventDefault();
        updateMe.mutate({ name, note }).then(onClose, () => undefined);
      }}
    >
      <label>
        Your name
        <input value={name} autoFocus onChange={(event) => setName(event.target.value)} />
      </label>
      <label>
        Note for colleagues
        <input value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <Failure of={[updateMe.error]} />
      <p className="form-actions">
        <button type="button" className="button button-quiet" onClick={onClose}>
          Cancel
        </button>
        <button className="button button-main" disabled={updateMe.isPending}>
          Save
        </button>
      </p>
    </form>
  );
}

/** A pair of scales. */
function Logo() {
  return (
    <svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--accent)" />
      <path
        d="M8 12h16M16 8v15M12 23h8M8 12l-3.2 6.5h6.4zM24 12l-3.2 6.5h6.4z"
        stroke="white"
        strokeWidth="1.8"
        fill="none"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
