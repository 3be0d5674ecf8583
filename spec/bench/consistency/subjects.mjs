/**
 * Who is compared, and where the code of each stands that keeps the five views right after the mutation:
 * between the comments `refresh code {` and `} refresh code`, in sources or in what configures them.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const peer = (name) => at(`../peers/consistency/${name}`);

/** `contract`: the function of our contract whose effects count. */
export const SUBJECTS = [
  {
    name: "ours-merge",
    title: "Mizan, merge",
    entry: at("page/ours-merge.tsx"),
    contract: "rename_person",
  },
  {
    name: "ours-invalidate",
    title: "Mizan, invalidate",
    entry: at("page/ours-invalidate.tsx"),
    contract: "change_name",
  },
  {
    name: "ours-optimistic",
    title: "Mizan, merge, optimistic",
    entry: at("page/ours-optimistic.tsx"),
    contract: "rename_person",
  },
  {
    name: "tanstack-all",
    title: "TanStack Query, invalidate everything",
    entry: peer("tanstack-all.jsx"),
  },
  { name: "tanstack", title: "TanStack Query, invalidateQueries", entry: peer("tanstack.jsx") },
  {
    name: "orval",
    title: "orval, mutationInvalidates",
    entry: peer("orval.jsx"),
    refresh: [peer("orval.config.mjs")],
  },
  { name: "rtk", title: "RTK Query, tags", entry: peer("rtk.jsx") },
  { name: "swr", title: "SWR, mutate(key)", entry: peer("swr.jsx") },
  {
    name: "trpc",
    title: "tRPC + TanStack Query, unbatched",
    entry: peer("trpc.jsx"),
    refresh: [peer("trpc-page.jsx")],
  },
  {
    name: "trpc-batch",
    title: "tRPC + TanStack Query, batched",
    entry: peer("trpc-batch.jsx"),
    refresh: [peer("trpc-page.jsx")],
  },
  {
    name: "tanstack-set",
    title: "TanStack Query, setQueryData by hand",
    entry: peer("tanstack-set.jsx"),
  },
  {
    name: "tanstack-optimistic",
    title: "TanStack Query, optimistic with rollback",
    entry: peer("tanstack-optimistic.jsx"),
  },
].map((subject) => ({ isOurs: subject.contract !== undefined, ...subject }));

/** Lines of code between the marks, without blank ones and comments. */
export function countRefreshLines({ entry, refresh = [entry], contract }) {
  if (contract !== undefined) {
    const text = readFileSync(at("contract.kdl"), "utf8");
    const [, body = ""] = text.split(`function ${contract} `);
    // What stands in the contract is counted apart.
    return {
      code: countMarked(readFileSync(entry, "utf8")),
      contract: countMarked(body.split("\n}")[0]),
    };
  }
  const code = refresh.reduce((sum, file) => sum + countMarked(readFileSync(file, "utf8")), 0);
  return { code, contract: 0 };
}

function countMarked(text) {
  const regions = [...text.matchAll(/\/\/ refresh code \{\n([^]*?)\/\/ \} refresh code/g)];
  return regions
    .flatMap(([, region]) => region.split("\n"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("//")).length;
}
