import { httpBatchLink } from "@trpc/client";
import { startTrpcFirstLoad } from "./first-load-trpc.jsx";

startTrpcFirstLoad(httpBatchLink({ url: "/trpc" }));
