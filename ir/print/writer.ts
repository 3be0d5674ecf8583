/** Lays out nodes: four spaces per level, one node per line, `{` at the end of a line and `}` alone. */
export type Writer = {
  /** A node without a block. */
  line(text: string): void;
  /** A node with a block, empty or not. */
  block(head: string, write: () => void): void;
  /** Everything that `write` writes, parted by one blank line from what stands before it, if it is anything. */
  section(write: () => void): void;
  text(): string;
};

export function createWriter(): Writer {
  const lines: string[] = [];
  let depth = 0;
  const line = (text: string): void => {
    lines.push("    ".repeat(depth) + text);
  };
  return {
    line,
    block(head, write) {
      line(`${head} {`);
      depth++;
      write();
      depth--;
      line("}");
    },
    section(write) {
      const start = lines.length;
      write();
      if (start > 0 && lines.length > start) lines.splice(start, 0, "");
    },
    text: () => lines.map((text) => `${text}\n`).join(""),
  };
}
