/** A body that is written while it is read, until it is closed, broken off or given up. */
export interface OpenBody {
  readonly stream: ReadableStream<Uint8Array>;
  readonly write: (bytes: Uint8Array) => void;
  readonly end: (how: "close" | "error", reason?: unknown) => void;
}

/** Whatever comes after its end goes nowhere, as on a connection. */
export function openBody(): OpenBody {
  let open: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => void (open = controller),
    cancel: () => void (open = undefined),
  });
  return {
    stream,
    write: (bytes) => open?.enqueue(bytes),
    end: (how, reason) => {
      open?.[how](reason);
      open = undefined;
    },
  };
}
