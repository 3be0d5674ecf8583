/** View 2: the folders with their counts, and the team. Reads the global context. */
import { useSuspenseDeskCounts, useSuspenseTeam } from "../../mizan/client/index.js";
import { ViewFrame } from "../ledger/view-frame.js";
import { Avatar } from "../parts/avatar.js";
import { Part } from "../parts/part.js";
import { addressOf, sameFolder, type Folder, type Route } from "../route.js";

const folders: readonly {
  title: string;
  count: "all" | "open" | "waiting" | "solved";
  folder: Folder;
}[] = [
  { title: "All tickets", count: "all", folder: { kind: "all" } },
  { title: "Open", count: "open", folder: { kind: "status", status: "open" } },
  { title: "Waiting", count: "waiting", folder: { kind: "status", status: "waiting" } },
  { title: "Solved", count: "solved", folder: { kind: "status", status: "solved" } },
];

export function Folders({ route }: { readonly route: Route }) {
  return (
    <ViewFrame
      label="Folders"
      className="folders"
      shows={["global"]}
      hooks={["useSuspenseDeskCounts", "useSuspenseTeam"]}
    >
      <nav className="view-body" aria-label="Folders">
        <Part>
          <Links route={route} />
        </Part>
      </nav>
    </ViewFrame>
  );
}

function Links({ route }: { readonly route: Route }) {
  const counts = useSuspenseDeskCounts();
  const team = useSuspenseTeam();
  return (
    <>
      <ul>
        {folders.map(({ title, count, folder }) => (
          <li key={title}>
            <a
              href={addressOf(folder, route.ticket)}
              aria-current={sameFolder(folder, route.folder) ? "page" : undefined}
            >
              <span className={`status-dot status-${count}`} />
              {title}
              <span className="count" data-count={count}>
                {counts[count]}
              </span>
            </a>
          </li>
        ))}
      </ul>
      <h2>Team</h2>
      <ul className="team">
        {team.map((person) => {
          const folder: Folder = { kind: "person", id: person.id };
          return (
            <li key={person.id}>
              <a
                href={addressOf(folder, route.ticket)}
                aria-current={sameFolder(folder, route.folder) ? "page" : undefined}
              >
                <Avatar person={person} />
                <span>
                  {person.name}
                  <small>{person.note}</small>
                </span>
              </a>
            </li>
          );
        })}
      </ul>
    </>
  );
}
