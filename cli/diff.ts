/** The difference of two texts as `diff -u` shows it. */

type Edit = { readonly kind: " " | "-" | "+"; readonly line: string };

const context = 3;
/** Beyond this many edits, the common lines between are no longer looked for. */
const mostEdits = 500;

/** Hunks with three lines of context under a `---`/`+++` head; null stands for a file that is not there. */
export function toDiff(path: string, before: string | null, after: string | null): string {
  const head = [
    before === null ? "--- /dev/null" : `--- ${path}`,
    after === null ? "+++ /dev/null" : `+++ ${path}`,
  ];
  const edits = toEdits(toLines(before), toLines(after));
  return `${[...head, ...toHunks(edits)].join("\n")}\n`;
}

function toLines(text: string | null): readonly string[] {
  if (text === null || text === "") return [];
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  else lines.push("\\ No newline at end of file");
  return lines;
}

function toEdits(before: readonly string[], after: readonly string[]): readonly Edit[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [
    ...before.slice(0, start).map((line) => ({ kind: " " as const, line })),
    ...toMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map((line) => ({ kind: " " as const, line })),
  ];
}

/** Myers' greedy search: the fewest insertions and deletions, by the farthest point on each diagonal. */
function toMiddle(before: readonly string[], after: readonly string[]): readonly Edit[] {
  const trace: Map<number, number>[] = [];
  let reached = new Map<number, number>([[1, 0]]);
  for (let count = 0; count <= Math.min(before.length + after.length, mostEdits); count++) {
    trace.push(reached);
    const next = new Map(reached);
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      let x = startOf(reached, diagonal, count);
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal])
        x++;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return walkBack(before, after, trace);
    }
    reached = next;
  }
  return [
    ...before.map((line) => ({ kind: "-" as const, line })),
    ...after.map((line) => ({ kind: "+" as const, line })),
  ];
}

function startOf(reached: ReadonlyMap<number, number>, diagonal: number, count: number): number {
  const above = reached.get(diagonal + 1) ?? -1;
  const left = reached.get(diagonal - 1) ?? -1;
  return diagonal === -count || (diagonal !== count && left < above) ? above : left + 1;
}

function walkBack(
  before: readonly string[],
  after: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): readonly Edit[] {
  const edits: Edit[] = [];
  let x = before.length;
  let y = after.length;
  for (let count = trace.length - 1; count >= 0; count--) {
    const reached = trace[count] ?? new Map();
    const start = startOf(reached, x - y, count);
    const isInsertion = start === (reached.get(x - y + 1) ?? -1);
    const diagonal = isInsertion ? x - y + 1 : x - y - 1;
    const [fromX, fromY] = [reached.get(diagonal) ?? 0, (reached.get(diagonal) ?? 0) - diagonal];
    while (x > start && x > 0 && y > 0) {
      x -= 1;
      y -= 1;
      edits.push({ kind: " ", line: before[x] ?? "" });
    }
    if (count === 0) break;
    if (isInsertion) edits.push({ kind: "+", line: after[fromY] ?? "" });
    else edits.push({ kind: "-", line: before[fromX] ?? "" });
    [x, y] = [fromX, fromY];
  }
  return edits.reverse();
}

function toHunks(edits: readonly Edit[]): readonly string[] {
  const lines: string[] = [];
  let old = 1;
  let fresh = 1;
  let at = 0;
  while (at < edits.length) {
    const change = edits.findIndex((edit, index) => index >= at && edit.kind !== " ");
    if (change === -1) break;
    const start = Math.max(at, change - context);
    let end = change;
    for (let quiet = 0; end < edits.length && quiet <= 2 * context; end++) {
      quiet = edits[end]?.kind === " " ? quiet + 1 : 0;
    }
    while (end > change && edits[end - 1]?.kind === " " && trailing(edits, end) > context) end--;
    [old, fresh] = advance(edits.slice(at, start), old, fresh);
    const hunk = edits.slice(start, end);
    const [oldEnd, freshEnd] = advance(hunk, old, fresh);
    lines.push(`@@ -${range(old, oldEnd)} +${range(fresh, freshEnd)} @@`);
    lines.push(...hunk.map(({ kind, line }) => (line.startsWith("\\ No") ? line : kind + line)));
    [old, fresh] = [oldEnd, freshEnd];
    at = end;
  }
  return lines;
}

/** How many unchanged lines stand directly before a place. */
function trailing(edits: readonly Edit[], end: number): number {
  let count = 0;
  while (edits[end - 1 - count]?.kind === " ") count++;
  return count;
}

function advance(edits: readonly Edit[], old: number, fresh: number): readonly [number, number] {
  return [
    old + edits.filter(({ kind }) => kind !== "+").length,
    fresh + edits.filter(({ kind }) => kind !== "-").length,
  ];
}

function range(start: number, end: number): string {
  const count = end - start;
  return count === 1 ? `${start}` : `${count === 0 ? start - 1 : start},${count}`;
}
