import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createClient } from "@mizan/runtime/client";
import { MizanContext } from "../mizan/client/index.js";
import { App } from "./app.js";
import { LedgerContext, createLedger } from "./ledger/record.js";
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

const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <LedgerContext value={ledger}>
      <MizanContext client={client}>
        <App />
      </MizanContext>
    </LedgerContext>
  </StrictMode>,
);
