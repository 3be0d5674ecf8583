/** Lines of JSON (`application/x-ndjson`), each as soon as it has arrived. */

/** A line as it would be if all went well, like `Body`. */
export interface Line {
  /** Which read of the request it is about. */
  readonly i: number;
  readonly slot?: string;
  readonly value?: unknown;
  readonly error?: { readonly status?: number; readonly code?: string } | null;
}

/**
 * Gives each whole line to `take`. Rejects where the answer breaks off, a line is no JSON, or `take` throws.
 * What stands behind the last line end is half a line, and dropped.
 */
export const readLines = async (
  body: NonNullable<Response["body"]>,
  take: (line: Line) => void,
): Promise<void> => {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const [end, ...others] = decoder.decode(value, { stream: true }).split("\n");
    rest += end;
    for (const next of others) {
      take(JSON.parse(rest));
      rest = next;
    }
  }
};
