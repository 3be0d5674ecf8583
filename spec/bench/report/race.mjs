/** The report of the stale-write race. */
import { barChart } from "./chart.mjs";
import { bold, markdownTable, versions, whole } from "./text.mjs";

export function reportRace({ rows, runs }) {
  const faults = ({ backward, wrong, wrongAfterLoss, hung }) =>
    backward + wrong + wrongAfterLoss + hung;
  const clean = rows.filter((row) => !row.isOurs && faults(row) === 0);
  return {
    "race.svg": barChart({
      title: "Stale writes",
      subtitle: `Faults in ${whole(runs)} random runs: backward steps and wrong final states`,
      columns: ["backward", "wrong end"],
      rows: rows.map((row) => ({
        label: row.title,
        isOurs: row.isOurs,
        columns: [whole(row.backward), whole(row.wrong + row.wrongAfterLoss + row.hung)],
        bars: [{ value: faults(row), isBad: faults(row) > 0 }],
        note: whole(faults(row)),
      })),
    }),
    "race.md": `# The stale-write race

What a client's cache shows while mutations, reads and other writers overtake each other. ${whole(runs)} seeded random runs of each, against a simulated server of which every value has a linear history (\`runtime/client/model\`): components come and go, up to a dozen mutations are called, others write without telling, requests are delayed on both ways (2 % up to 1.5 s), some mutations are refused, some answers are lost, some reads fail. The caches see the same kinds of runs, not the same runs, since what one asks changes what happens. Ours is the built package; the peers are asked as their documentation says, the links are in \`spec/bench/peers/race\`. ${versions(["@tanstack/react-query", "@reduxjs/toolkit", "swr"])}. tRPC's integration and orval keep their data in TanStack Query and are it, for this.

![Backward steps and wrong final states](race.svg)

${markdownTable(
  [
    "",
    "backward steps",
    "wrong at rest",
    "… only after a lost answer",
    "still waiting",
    "runs with a fault",
    "first seeds",
  ],
  rows.map((row) =>
    bold(row.isOurs, [
      row.title,
      whole(row.backward),
      whole(row.wrong),
      whole(row.wrongAfterLoss),
      whole(row.hung),
      whole(row.faultyRuns),
      row.seeds.join(", ") || "–",
    ]),
  ),
)}

*Backward*: a component shows a value of the server older than one it showed before, or one from before its own successful mutation, which it had shown as done. *Wrong at rest*: nothing is under way, no error is shown, and a mounted component shows less than this client's answered mutations made of it. *Only after a lost answer*: the same of mutations that were carried out and whose answer never came. What stands beside an error counts for nothing, in either direction.

## What it says, and what it does not

${
  clean.length > 0
    ? `- Level with ours here: ${clean.map(({ title }) => title).join("; ")}. Reading again after every mutation is safe where a cache takes care that no read which began before it counts; what that costs in requests is in [consistency.md](consistency.md).`
    : "- No peer is free of faults here."
}
- Faults are rare by nature: they need two mutations of one value on the way at once, or a mutation during a first load. A page that has neither will not meet them.
- TanStack Query's invalidation does not start anew a first load that is under way, so what it brings may be from before the mutation. Values written by hand go in the order of the answers, not of the server. Rollbacks write back what was there before, over whatever came meanwhile.
- Authors can do better than the documentation: invalidate after failures, too, and after values were set. Each such line is theirs to write and to keep.
- Writes of others that nobody tells a client are no fault of any cache; ours would not know of them either.

## Again

\`\`\`sh
npm run build
node spec/bench/peers.mjs race --write               # ten thousand runs each, some minutes
node spec/bench/peers.mjs race --runs 500 --ours     # a part
\`\`\`
`,
  };
}
