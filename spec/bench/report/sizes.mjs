/** The report of what clients cost a page. */
import { BUDGETS } from "../../../scripts/size-budgets.mjs";
import { barChart } from "./chart.mjs";
import { bold, kib, markdownTable, one, versions } from "./text.mjs";

/** Names of budgets by column of a row. */
const BUDGET_OF = {
  call: "one call",
  read: "one context hook",
  mutation: "one context hook and one mutation",
  twenty: "20 functions",
};
const goalOf = (key) => BUDGETS[BUDGET_OF[key]].goal;

export function reportSizes({ rows, instances }) {
  const [ours] = rows;
  const smaller = (key) =>
    rows.filter((row) => !row.isOurs && row[key] < ours[key]).map(({ title }) => title);
  const losses = [
    ["one call", "call"],
    ["a page with one read", "read"],
    ["a page with a mutation", "mutation"],
    ["20 functions", "twenty"],
    ["each further function", "further"],
  ].flatMap(([name, key]) =>
    smaller(key).length > 0 ? [`- Smaller than ours in ${name}: ${smaller(key).join(", ")}.`] : [],
  );
  const missed = Object.keys(BUDGET_OF).filter((key) => ours[key] > goalOf(key));
  return {
    "sizes.svg": barChart({
      title: "What a client costs a page with one read and one mutation",
      subtitle: "KiB, minified and gzipped, without React",
      columns: ["one call", "20 functions"],
      rows: rows.map((row) => ({
        label: row.title,
        isOurs: row.isOurs,
        columns: [kib(row.call), kib(row.twenty)],
        bars: [{ value: row.mutation / 1024 }],
        note: `${kib(row.mutation)} KiB`,
      })),
    }),
    "sizes.md": `# What a client costs a page

Bundles made by esbuild, minified and gzipped (level 9), React left out. *One call* calls one function and shows nothing; *a read* is a page with one hook that reads; *a mutation* one hook more, with what keeps the read right; *20 functions* are 20 such hooks, of which, for the peers, one has refresh code. Generated clients are generated with 100 functions. ${versions(["swr", "@tanstack/react-query", "openapi-fetch", "@reduxjs/toolkit", "@trpc/client", "@orpc/client", "@ts-rest/core", "orval", "@hey-api/openapi-ts", "@connectrpc/connect-query"])}.

![KiB of a page with one read and one mutation](sizes.svg)

${markdownTable(
  ["KiB", "one call", "a read", "a mutation", "20 functions", "each further, bytes"],
  rows.map((row) =>
    bold(row.isOurs, [
      row.title,
      kib(row.call),
      kib(row.read),
      kib(row.mutation),
      kib(row.twenty),
      one(row.further),
    ]),
  ),
)}

## Where others are better, and what we miss

${losses.length > 0 ? losses.join("\n") : "- Nobody is smaller in any row."}
${
  missed.length > 0
    ? `- Beyond our own goals: ${missed.map((key) => `${key} ${kib(ours[key])} KiB instead of ${kib(goalOf(key))}`).join(", ")}. \`scripts/size-budgets.mjs\` says what for.`
    : "- All of our own goals are met."
}
- A client by hand over \`fetch\` has no time limit, no typed errors, no CSRF token and no effects; that is most of what a call of ours is.

## Many instances

| | |
| --- | --: |
| CPU of a call whose merge concerns one of 1,000 mounted instances | ${instances.mergeMs.toFixed(2)} ms |
| … with only that one mounted | ${instances.aloneMs.toFixed(2)} ms |
| CPU of a call that makes one of 1,000 stale, and of its read | ${instances.invalidateMs.toFixed(2)} ms |
| CPU of mounting 10,000 instances one after the other, with their reads | ${instances.mountSeconds.toFixed(1)} s |
| 10,000 mounted instances, small data included | ${one(instances.megabytes)} MB |

In Node, with a transport that answers at once; medians of ${instances.rounds} processes.

## Again

\`\`\`sh
npm run build
node spec/bench/peers.mjs sizes --write
\`\`\`
`,
  };
}
