/** The report of what happens between a mutation and a page that is right, and of the first load. */
import { median } from "../measure.mjs";
import { barChart } from "./chart.mjs";
import { bold, machine, markdownTable, one, ratio, versions, whole } from "./text.mjs";

export function reportConsistency({ rows, rounds, firstLoad }) {
  const by = (name) => rows.find((row) => row.name === name).scenarios;
  const compare = (ours, peer, scenario) => {
    const [own, others] = [ours, peer].map((name) => by(name)[scenario].consistentMsOfRounds);
    return ratio(median(own.map((ms, round) => ms / others[round])));
  };
  const table = markdownTable(
    [
      "",
      "requests",
      "bytes down",
      "ms, handlers 0",
      "50",
      "200",
      "skew",
      "mixed ms",
      "mixed ms, skew",
      "mixed frames, skew",
      "renders of the five",
      "lines of refresh code",
      "lines in the contract",
    ],
    rows.map(({ title, isOurs, lines, scenarios }) =>
      bold(isOurs, [
        title,
        whole(scenarios["50 ms"].requests),
        whole(scenarios["50 ms"].bytes),
        ...["0 ms", "50 ms", "200 ms", "skew"].map((name) => whole(scenarios[name].consistentMs)),
        one(scenarios["50 ms"].mixedMs),
        one(scenarios.skew.mixedMs),
        whole(scenarios.skew.mixedFrames),
        whole(scenarios["50 ms"].renders),
        whole(lines.code),
        whole(lines.contract),
      ]),
    ),
  );
  return {
    "consistency.svg": consistencyChart(rows),
    "first-load.svg": firstLoadChart(firstLoad),
    "consistency.md": `# From a mutation to a page that is right

A page in Chromium with seven views. Five show the name of one person, by four reads (a profile, and three lists of people); two are bystanders. A click renames the person. All pages show the same views and ask the same handlers in one server; only the client differs, each in the best form that its documentation knows (the links are in \`spec/bench/peers/consistency\`). ${versions(["@tanstack/react-query", "@trpc/client", "orval", "@reduxjs/toolkit", "swr"])}. ${machine()}

![Requests, lines of refresh code and milliseconds until all views are right, of which some are right and some not](consistency.svg)

${table}

Medians of ${rounds} rounds, the subjects in turn. *Mixed* is the time during which some of the five views show the new name and some the old one, and the frames that began like that; *skew*: one of the four reads takes 200 ms, everything else 50. Every commit of React is looked at as a whole, so a window of 0 is one commit. Ratios below are medians of neighbouring pages. The longest mixed window of ours in any round was ${one(Math.max(...rows.filter(({ isOurs }) => isOurs).flatMap(({ scenarios }) => Object.values(scenarios).map(({ mostMixedMs }) => mostMixedMs))))} ms. Bytes are those of the protocol with heads, without compression. Lines are counted between marks in the sources; ours are lines of the contract, where one \`merge\` or \`affects\` stands per context.

With \`merge\`, ours is level with values set by hand: ${compare("ours-merge", "tanstack-set", "50 ms")} of its time at 50 ms and ${compare("ours-merge", "tanstack-set", "200 ms")} at 200 ms. With \`affects\`, it takes ${compare("ours-invalidate", "trpc-batch", "50 ms")} and ${compare("ours-invalidate", "trpc-batch", "200 ms")} of the time of tRPC's batch, ${compare("ours-invalidate", "trpc-batch", "skew")} under skew.

## Where others are better

${bullets(consistencyLosses(rows))}
- Whatever shows values from before the answer, or from the answer, is earlier than whatever reads again, ours with \`affects\` included.
- The first call of a page costs ours one request more, for the CSRF token; it is made before what is measured here. The peers' servers check no token.
- A context is read as a whole. Here each of the six contexts has one function; were a bystander in one context with a view that shows the name, \`affects\` would read it again, and a targeted invalidation of a peer would not.
- A merge says a value once for each context that it goes into, so its answer grows with their number: beyond some contexts and large values, reading again is cheaper.

## The first load of eight reads

Eight views with a read each, of which one takes 200 ms; milliseconds from the first rendering until they were shown. ${versions(["@tanstack/react-query", "@trpc/client"])}; the floor is a stream of lines that is read by hand, with no library and no error handling.

![Milliseconds until the seven fast views and all eight were shown](first-load.svg)

${markdownTable(
  ["", "", "requests", "the 7 fast, ms", "fastest round", "all 8, ms", "none slow, ms"],
  firstLoad.rows.map(({ title, protocol, isOurs, requests, fastMsOfRounds, ...times }) =>
    bold(isOurs, [
      title,
      protocol,
      whole(requests),
      whole(times.fastMs),
      whole(Math.min(...fastMsOfRounds)),
      whole(times.allMs),
      whole(times.evenMs),
    ]),
  ),
)}

Medians of ${firstLoad.rounds} rounds, lags those of neighbouring pages. The bare stream is asked for before React renders anything. Asked for then as well, by \`prefetch\`, ours shows the seven ${lag(firstLoad.rows, "ours-early")} after it; asked for by providers as they are mounted, which is after the first rendering, ${lag(firstLoad.rows, "ours")}. A machine that is busy with other things makes all of these figures larger, and those of many requests most.

${bullets(firstLoadLosses(firstLoad.rows))}

## Again

\`\`\`sh
npm run build
node spec/bench/peers.mjs consistency first-load --write   # installs the peers when they are missing
\`\`\`
`,
  };
}

const bullets = (lines) => lines.map((line) => `- ${line}`).join("\n");
const find = (rows, protocol, name) =>
  rows.find((row) => row.protocol === protocol && row.name === name);
/** Milliseconds by which the floor is earlier with the seven fast reads: round by round, and in the fastest rounds. */
function lag(rows, name) {
  const [own, floor] = [name, "by-hand"].map((one) => find(rows, "HTTP/1.1", one).fastMsOfRounds);
  const lagMs = median(own.map((ms, round) => ms - floor[round]));
  return `${one(lagMs)} ms (in the fastest rounds ${one(Math.min(...own) - Math.min(...floor))} ms)`;
}

/**
 * Whoever beats ours in a column, by name. Times are compared within one way of doing it: reading again, values
 * from the answer, and values from before the answer.
 */
function consistencyLosses(rows) {
  const byHand = ["tanstack-set"];
  const optimistic = ["tanstack-optimistic"];
  const reading = rows
    .filter(({ name, isOurs }) => !isOurs && ![...byHand, ...optimistic].includes(name))
    .map(({ name }) => name);
  const better = (ours, peers, title, value) => {
    const own = value(rows.find(({ name }) => name === ours));
    // A difference within what a run differs from the next is none.
    const limit = Math.min(own * 0.97, own - 1);
    const found = rows.filter((row) => peers.includes(row.name) && value(row) < limit);
    if (found.length === 0) return [];
    const list = found
      .toSorted((a, b) => value(a) - value(b))
      .map((row) => `${row.title} ${whole(value(row))}`);
    return [`${title}: ours ${whole(own)}; ${list.join(", ")}.`];
  };
  const at = (scenario, key) => (row) => row.scenarios[scenario][key];
  const bytes = at("50 ms", "bytes");
  const times = (ours, peers, title) =>
    ["0 ms", "50 ms", "200 ms", "skew"].flatMap((scenario) =>
      better(ours, peers, `Milliseconds, ${title}, ${scenario}`, at(scenario, "consistentMs")),
    );
  return [
    ...better("ours-merge", byHand, "Bytes, values from the answer", bytes),
    ...better("ours-invalidate", reading, "Bytes, reading again", bytes),
    ...times("ours-merge", byHand, "values from the answer"),
    ...times("ours-invalidate", reading, "reading again"),
    ...times("ours-optimistic", optimistic, "values from before the answer"),
  ];
}

function firstLoadLosses(rows) {
  const own = find(rows, "HTTP/1.1", "ours");
  const early = find(rows, "HTTP/1.1", "ours-early");
  const better = rows.filter((row) => !row.isOurs && row.fastMs < own.fastMs);
  const h2 = find(rows, "HTTP/2", "ours");
  const plain = find(rows, "HTTP/2", "plain");
  return [
    ...better.map(
      ({ title, protocol, fastMs }) =>
        `${title}, ${protocol}, is earlier with the seven: ${whole(fastMs)} ms, ours ${whole(own.fastMs)}, with \`prefetch\` ${whole(early.fastMs)}.`,
    ),
    ...(h2 && plain
      ? [
          `Over HTTP/2 ours takes ${ratio(h2.fastMs / plain.fastMs)} of the time of separate requests for the seven, over HTTP/1.1 ${ratio(own.fastMs / find(rows, "HTTP/1.1", "plain").fastMs)}.`,
        ]
      : []),
  ];
}

export function consistencyChart(rows) {
  return barChart({
    title: "From a click until five views show the new name",
    subtitle: "Milliseconds in Chromium; handlers take 50 ms, one read 200 ms",
    columns: ["requests", "lines", "in contract"],
    rows: rows.map(({ title, isOurs, lines, scenarios: { skew } }) => ({
      label: title,
      isOurs,
      columns: [whole(skew.requests), whole(lines.code), whole(lines.contract)],
      bars: [
        { value: Math.max(skew.consistentMs - skew.mixedMs, 0) },
        { value: Math.min(skew.mixedMs, skew.consistentMs), isBad: true },
      ],
      note: `${whole(skew.consistentMs)} ms`,
    })),
    legend:
      "some views show the new name, some the old one. Lines: refresh code that the author writes",
  });
}

function firstLoadChart({ rows }) {
  return barChart({
    title: "First load of eight reads, one of them slow (200 ms)",
    subtitle: "Milliseconds until the seven fast ones are shown",
    columns: ["requests", "all 8, ms"],
    rows: rows.map(({ title, protocol, isOurs, requests, fastMs, allMs }) => ({
      label: `${title}, ${protocol}`,
      isOurs,
      columns: [whole(requests), whole(allMs)],
      bars: [{ value: fastMs }],
      note: `${whole(fastMs)} ms`,
    })),
  });
}
