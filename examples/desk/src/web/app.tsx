/** The page: a bar on top, four views below, and the strip that shows what the server said. */
import { LedgerStrip } from "./ledger/ledger.js";
import { useRoute } from "./route.js";
import { Conversation } from "./views/conversation.js";
import { Details } from "./views/details.js";
import { Folders } from "./views/folders.js";
import { Inbox } from "./views/inbox.js";
import { TopBar } from "./views/top-bar.js";

/** `path` as for `useRoute`. */
export function App({ path }: { readonly path: string }) {
  const route = useRoute(path);
  return (
    <div className="page" data-ticket={route.ticket !== null}>
      <TopBar route={route} />
      <main className="columns">
        <Folders route={route} />
        <Inbox route={route} />
        {route.ticket === null ? (
          <p className="nothing-open">Choose a ticket on the left.</p>
        ) : (
          <>
            <Conversation
              key={`conversation ${route.ticket}`}
              route={route}
              ticketId={route.ticket}
            />
            <Details key={`details ${route.ticket}`} route={route} ticketId={route.ticket} />
          </>
        )}
      </main>
      <LedgerStrip />
    </div>
  );
}
