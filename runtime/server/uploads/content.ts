/** The bytes of one file: in memory, or in a file on disk that has no name. */
import type { FileHandle } from "node:fs/promises";

export interface Content {
  readonly size: number;
  /** From the beginning, each time. Throws once the content was disposed of. */
  chunks(): AsyncGenerator<Uint8Array>;
  /** To be told of every use that failed, as nobody may be there to hear of it once the content is gone. */
  failed(thrown: unknown): void;
  dispose(): Promise<void>;
}

/** Told of what failed when the content was gone. */
export type OnLate = (thrown: unknown) => void;

const CHUNK_BYTES = 64 * 1024;

const gone = (): Error =>
  new Error("The uploaded file is gone: its call was answered. Read or save it before that.");

export function memoryContent(given: readonly Uint8Array[], onLate: OnLate): Content {
  let kept: readonly Uint8Array[] | null = given;
  return {
    size: given.reduce((sum, chunk) => sum + chunk.length, 0),
    async *chunks() {
      if (kept === null) throw gone();
      // A copy, as handlers may write into what they are given.
      for (const chunk of kept) yield Uint8Array.from(chunk);
    },
    failed(thrown) {
      if (kept === null) onLate(thrown);
    },
    dispose() {
      kept = null;
      return Promise.resolve();
    },
  };
}

export function diskContent(handle: FileHandle, size: number, onLate: OnLate): Content {
  let closing: Promise<void> | null = null;
  return {
    size,
    async *chunks() {
      for (let at = 0; at < size;) {
        if (closing !== null) throw gone();
        const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, size - at));
        // By position, so that several readers do not disturb each other.
        const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
        if (bytesRead === 0) throw new Error("The uploaded file became shorter on disk");
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
      if (closing !== null) throw gone();
    },
    failed(thrown) {
      if (closing !== null) onLate(thrown);
    },
    dispose: () => (closing ??= handle.close()),
  };
}

/** Of a file that was too large for its arg, or came for none: only the size is known. */
export const unkeptContent = (size: number): Content => ({
  size,
  // oxlint-disable-next-line require-yield -- there is nothing to yield
  async *chunks() {
    throw gone();
  },
  failed: () => undefined,
  dispose: () => Promise.resolve(),
});
