/** https://trpc.io/docs/client/links/httpBatchStreamLink */
import { httpBatchStreamLink } from "@trpc/client";
import { startTrpcFirstLoad } from "./first-load-trpc.jsx";

startTrpcFirstLoad(httpBatchStreamLink({ url: "/trpc" }));
