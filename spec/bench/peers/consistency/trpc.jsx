import { httpLink } from "@trpc/client";
import { startTrpc } from "./trpc-page.jsx";

startTrpc(httpLink({ url: "/trpc" }));
