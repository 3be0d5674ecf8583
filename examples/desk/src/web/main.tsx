import { StrictMode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { createClient, hydrate } from "@mizan/runtime/client";
import { MizanData } from "@mizan/runtime/react";
import { MizanContext } from "../mizan/client/index.js";
import { App } from "./app.js";
import { LedgerContext, createLedger } from "./ledger/record.js";
import { followLinks } from "./route.js";
import "./style/base.css";
import "./style/layout.css";
import "./style/parts.css";
import "./style/top-bar.css";
import "./style/lists.css";
import "./style/conversation.css";
import "./style/details.css";
import "./style/ledger.css";

// The desk makes its own client only to listen: what happens in it is what the strip at the bottom shows.
const ledger = createLedger();
const client = createClient({ baseUrl: "/api/mizan", onEvent: ledger.onEvent });

// While the desk is worked on: a panel that shows what the client keeps and does, from its first read on.
if (import.meta.env.DEV) {
  const { mountDevtools } = await import("@mizan/runtime/devtools");
  mountDevtools(client);
}

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

const page = (
  <StrictMode>
    <LedgerContext value={ledger}>
      <MizanContext client={client}>
        <MizanData>
          <App path={location.pathname} />
        </MizanData>
      </MizanContext>
    </LedgerContext>
  </StrictMode>
);
followLinks();
if (root.hasChildNodes()) {
  // A server has rendered the page: it comes with what it was rendered from, and nothing is asked for.
  hydrate(client, window.__MIZAN_SSR_DATA__);
  hydrateRoot(root, page);
} else {
  createRoot(root).render(page);
}
