import { httpBatchLink } from "@trpc/client";
import { startTrpc } from "./trpc-page.jsx";

startTrpc(httpBatchLink({ url: "/trpc" }));
