/**
 * How orval is asked for a client of the plain server, when the benchmark runs. Its invalidation rules
 * (https://orval.dev/reference/configuration/output, `mutationInvalidates`) name operations; where a param is
 * not named, all instances of a query are stale.
 */
import { document } from "./openapi.mjs";

export default {
  page: {
    input: { target: document },
    output: {
      mode: "single",
      target: "../node_modules/.cache/mizan/page.ts",
      client: "react-query",
      httpClient: "fetch",
      override: {
        fetch: { includeHttpResponseReturnType: false },
        query: {
          // refresh code {
          mutationInvalidates: [
            {
              onMutations: ["renamePerson"],
              invalidates: ["personProfile", "teamMembers", "directoryPeople", "boardAssignees"],
            },
          ],
          // } refresh code
        },
      },
    },
  },
};
