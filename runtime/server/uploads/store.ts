/**
 * Keeps the files of one call until it is answered.
 *
 * Does: hold small files in memory, and write what is over the bound to disk. Does not: know of forms or
 * contracts; whoever feeds it has checked sizes.
 *
 * What holds: a file on disk is readable by its owner alone and loses its name the moment it is created, so
 * that nothing is left of it when it is closed, whether by `dispose` or because the process ended in any way.
 * No name that a sender chose is ever part of a path.
 */
import { randomUUID } from "node:crypto";
import { open, unlink, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { diskContent, memoryContent, type Content, type OnLate } from "./content.js";
import type { UploadLimits } from "./limits.js";

export class UploadStore {
  readonly #directory: string;
  readonly #onLate: OnLate;
  readonly #contents: Content[] = [];
  #isDisposed = false;
  #freeMemory: number;

  /** `onLate` is told of what handlers did with a file, and what failed, when the call was answered. */
  constructor(
    { memoryBytes, directory }: Pick<UploadLimits, "memoryBytes" | "directory">,
    onLate: OnLate,
  ) {
    this.#directory = directory;
    this.#onLate = onLate;
    this.#freeMemory = memoryBytes;
  }

  /** Takes the pieces of one file. What is not finished is not kept. */
  begin(): Draft {
    return new Draft({
      reserve: (bytes) => {
        if (bytes > this.#freeMemory) return false;
        this.#freeMemory -= bytes;
        return true;
      },
      release: (bytes) => {
        this.#freeMemory += bytes;
      },
      open: () => openNameless(this.#directory),
      onLate: this.#onLate,
      keep: (content) => {
        this.#contents.push(content);
        // A form may still be read when its request was answered for it.
        if (this.#isDisposed) void this.dispose();
        return content;
      },
    });
  }

  /** Never rejects: there is nobody who could do something about a file that does not close. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await Promise.allSettled(this.#contents.splice(0).map((content) => content.dispose()));
  }
}

type Space = {
  readonly reserve: (bytes: number) => boolean;
  readonly release: (bytes: number) => void;
  readonly open: () => Promise<FileHandle>;
  readonly onLate: OnLate;
  readonly keep: (content: Content) => Content;
};

/** One file while it arrives. Call `finish` or `drop` in the end, whatever happens. */
export class Draft {
  readonly #space: Space;
  #pieces: Uint8Array[] = [];
  #inMemory = 0;
  #onDisk = 0;
  #handle: FileHandle | null = null;

  constructor(space: Space) {
    this.#space = space;
  }

  async write(piece: Uint8Array): Promise<void> {
    if (this.#handle === null && this.#space.reserve(piece.length)) {
      // A copy: a small piece would keep the whole buffer of its socket alive.
      this.#pieces.push(Uint8Array.from(piece));
      this.#inMemory += piece.length;
      return;
    }
    if (this.#handle === null) {
      this.#handle = await this.#space.open();
      for (const earlier of this.#forget()) await this.#append(this.#handle, earlier);
    }
    await this.#append(this.#handle, piece);
  }

  finish(): Content {
    const handle = this.#handle;
    this.#handle = null;
    const { keep, onLate } = this.#space;
    return keep(
      handle === null
        ? memoryContent(this.#pieces, onLate)
        : diskContent(handle, this.#onDisk, onLate),
    );
  }

  async drop(): Promise<void> {
    this.#forget();
    const handle = this.#handle;
    this.#handle = null;
    await handle?.close();
  }

  #forget(): readonly Uint8Array[] {
    const pieces = this.#pieces;
    this.#space.release(this.#inMemory);
    this.#pieces = [];
    this.#inMemory = 0;
    return pieces;
  }

  async #append(handle: FileHandle, piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length;) {
      const { bytesWritten } = await handle.write(piece, at, piece.length - at, this.#onDisk);
      at += bytesWritten;
      this.#onDisk += bytesWritten;
    }
  }
}

/** Readable and writable by this process alone, and without a name as soon as it is there. */
async function openNameless(directory: string): Promise<FileHandle> {
  const path = join(directory, `mizan-upload-${randomUUID()}`);
  const handle = await open(path, "wx+", 0o600);
  try {
    await unlink(path);
    return handle;
  } catch (thrown) {
    await handle.close();
    throw thrown;
  }
}
