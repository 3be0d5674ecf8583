/** Lays out nodes: four spaces per level, one node per line, `{` at the end of a line and `}` alone. */
export type Writer = {
  /** A node without a block. */
  line(text: string): void;
  /** A node with a block, empty or not. */
  block(head: string, write: () => void): void;
  /**
   * What `write` writes about `owner`, from the memory if it was written before. An owner must always be
   * written in the same way and as deep in the text.
   */
  remembered<Owner>(memory: WrittenTexts<Owner>, owner: Owner, write: () => void): void;
  /** Everything that `write` writes, parted by one blank line from what stands before it, if it is anything. */
  section(write: () => void): void;
  text(): string;
};

/** What was written about owners before: a map of either kind. */
export type WrittenTexts<Owner> = {
  get(owner: Owner): string | undefined;
  set(owner: Owner, text: string): unknown;
};

export function createWriter(): Writer {
  // Parts, to be joined once: what is added up bit by bit has to be put together anew by everyone who reads it.
  let written: string[] = [];
  let indent = "";
  const line = (text: string): void => {
    written.push(indent, text, "\n");
  };
  /** What `write` writes, by itself. */
  const capture = (write: () => void): string => {
    const before = written;
    written = [];
    write();
    const captured = written.join("");
    written = before;
    return captured;
  };
  return {
    line,
    block(head, write) {
      line(`${head} {`);
      const outer = indent;
      indent = `${outer}    `;
      write();
      indent = outer;
      line("}");
    },
    remembered(memory, owner, write) {
      let text = memory.get(owner);
      if (text === undefined) {
        text = capture(write);
        memory.set(owner, text);
      }
      if (text !== "") written.push(text);
    },
    section(write) {
      const text = capture(write);
      if (text === "") return;
      if (written.length > 0) written.push("\n");
      written.push(text);
    },
    text: () => written.join(""),
  };
}
