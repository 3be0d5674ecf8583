/** The page: a bar on top, four views below, and the strip that shows what the server said. */
import { TicketContext } from "../mizan/client/index.js";
import { LedgerStrip } from "./ledger/ledger.js";
import { useRoute } from "./route.js";
import { Conversation } from "./views/conversation.js";
import { Details } from "./views/details.js";
import { Folders } from "./views/folders.js";
import { Inbox } from "./views/inbox.js";
import { TopBar } from "./views/top-bar.js";

export function App() {
  const route = useRoute();
  return (
    <div className="page" data-ticket={route.ticket !== null}>
      <TopBar route={route} />
      <main className="columns">
        <Folders route={route} />
        <Inbox route={route} />
        {route.ticket === null ? (
          <p className="nothing-open">Choose a ticket on the left.</p>
        ) : (
          <TicketContext ticket_id={route.ticket}>
            <Conversation key={`conversation ${route.ticket}`} route={route} />
            <Details key={`details ${route.ticket}`} route={route} />
          </TicketContext>
        )}
      </main>
      <LedgerStrip />
    </div>
  );
}
