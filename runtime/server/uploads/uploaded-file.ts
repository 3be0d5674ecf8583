/** A file as a handler sees it, and the one implementation of it. */
import { open, unlink } from "node:fs/promises";
import { Readable } from "node:stream";
import type { Content } from "./content.js";

/**
 * A file that came with a call. It is there until the call has been answered: what is needed for longer is
 * copied before, with `saveTo`. Reading it afterwards is an error.
 */
export interface UploadedFile {
  /**
   * The last part of the name that the sender gave it, without control characters, at most 255 characters,
   * perhaps empty. It is what somebody typed: show it, but do not store by it.
   */
  readonly name: string;
  /** The media type as the sender declared it, without parameters, in lower case: `image/png`. Unproven. */
  readonly type: string;
  /** In bytes. */
  readonly size: number;
  /** From the beginning, each time. */
  stream(): Readable;
  bytes(): Promise<Uint8Array>;
  /** Decoded as UTF-8. */
  text(): Promise<string>;
  /** Writes a copy. A file that exists is an error (`EEXIST`), unless it may be overwritten. */
  saveTo(path: string, options?: SaveOptions): Promise<void>;
}

type SaveOptions = { readonly overwrite?: boolean };
type Described = { readonly name: string; readonly type: string };

/** What codecs recognise files by, so that nothing which only looks like one passes. */
export class StoredFile implements UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  readonly #content: Content;

  constructor(content: Content, { name, type }: Described) {
    this.name = name;
    this.type = type;
    this.size = content.size;
    this.#content = content;
  }

  stream(): Readable {
    const stream = Readable.from(this.#content.chunks(), { objectMode: false });
    // A handler that answers while it still pipes loses the rest; it must not lose the process with it.
    // Whoever awaits the stream is told by the stream, too.
    stream.on("error", (thrown) => this.#content.failed(thrown));
    return stream;
  }

  bytes(): Promise<Uint8Array> {
    return this.#told(this.#bytes());
  }

  text(): Promise<string> {
    return this.#told(this.#text());
  }

  saveTo(path: string, options?: SaveOptions): Promise<void> {
    return this.#told(this.#saveTo(path, options));
  }

  /** Nobody need await it: what comes too late for a handler must not end the process for all. */
  #told<Value>(done: Promise<Value>): Promise<Value> {
    done.catch((thrown: unknown) => this.#content.failed(thrown));
    return done;
  }

  async #bytes(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.size);
    let at = 0;
    for await (const chunk of this.#content.chunks()) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }

  async #text(): Promise<string> {
    return new TextDecoder().decode(await this.#bytes());
  }

  async #saveTo(path: string, options?: SaveOptions): Promise<void> {
    const chunks = this.#content.chunks();
    // Asked first: a file that is gone must not cost the one that stands there.
    const first = await chunks.next();
    const target = await open(path, options?.overwrite === true ? "w" : "wx");
    try {
      if (first.done !== true) await target.appendFile(first.value);
      for await (const chunk of chunks) await target.appendFile(chunk);
    } catch (thrown) {
      // Half a copy would pass for a whole one.
      await unlink(path).catch(() => undefined);
      throw thrown;
    } finally {
      await target.close();
    }
  }
}
