/**
 * The body of a call as a form (`multipart/form-data`, RFC 7578): texts in memory, files in a store, each piece
 * taken in as it arrives and no faster than it can be put away.
 *
 * Does: read parts, hold them to the limits, decode texts. Does not: know functions; who asks for the form says
 * by `admit` how much of a file is worth keeping. What cannot be read is a refusal, never an exception; only a
 * disk that fails throws.
 *
 * Words: a *part* is what stands between two boundaries; it is a *file* if its sender gave it a `filename`
 * (an empty one, with nothing in it, is a file input that nobody filled in, and counts as absent), and a *text*
 * otherwise.
 */
import { isUtf8 } from "node:buffer";
import type { Readable } from "node:stream";
import type { Dicer } from "@fastify/busboy";
import { badRequest, payloadTooLarge, tooLarge, type Refusal } from "../answer/refusal.js";
import { unkeptContent } from "../uploads/content.js";
import type { UploadLimits } from "../uploads/limits.js";
import type { UploadStore } from "../uploads/store.js";
import { StoredFile } from "../uploads/uploaded-file.js";
import type { WireRequest } from "../wire.js";
import { BoundaryPadding } from "./padding.js";
import { parseParameters, parsePartHead, type PartHead, type RawHeaders } from "./part-headers.js";

/** What a form said, by field name, in written order. */
export type Form = {
  readonly texts: ReadonlyMap<string, readonly string[]>;
  readonly files: ReadonlyMap<string, readonly StoredFile[]>;
};

export type FormLimits = UploadLimits & {
  /** Bytes of all texts, names and headers of parts together. */
  readonly textBytes: number;
};

/**
 * How many bytes of a file are worth keeping, asked before each one with the texts that came before it.
 * A file that turns out to be larger is read to its end, and only its size is kept.
 */
export type Admit = (texts: Form["texts"], field: string) => Promise<number>;

export type FormRead =
  { readonly refusal: null; readonly form: Form } | { readonly refusal: Refusal };

/** More than any form has that a person fills in; as many as a list in JSON may have, a form may not. */
const MOST_PARTS = 1000;
const MOST_HEADERS = 16;
const HEADER_BYTES = 8 * 1024;

/** Of a `multipart/form-data` type the boundary; null when there is none, or none that RFC 2046 allows. */
export function boundaryOf(contentType: string): string | null {
  const boundary = parseParameters(contentType)?.params.get("boundary") ?? "";
  return /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary) ? boundary : null;
}

export async function readForm(
  request: Pick<WireRequest, "readChunks">,
  boundary: string,
  limits: FormLimits,
  store: UploadStore,
  admit: Admit,
): Promise<FormRead> {
  // Loaded with the first form: most servers take none, and some places that run one, as tests in jsdom, cannot.
  const parser = await import("@fastify/busboy");
  // The parser cuts headers off silently, so it cuts beyond what is accepted.
  const config = { boundary, maxHeaderPairs: MOST_HEADERS + 1, maxHeaderSize: 2 * HEADER_BYTES };
  const padding = new BoundaryPadding(boundary);
  const reader = new FormReader(new parser.Dicer(config), padding, limits, store, admit);
  const ended = await request.readChunks((chunk) => reader.write(chunk));
  if (ended === "consumed") {
    throw new Error(
      "The body of a multipart call was read before it reached Mizan: mount mizan.router before multer and other readers of forms",
    );
  }
  if (ended === "aborted") reader.refuse(badRequest("Request body incomplete"));
  else if (typeof ended === "object") reader.refuse(ended.refusal);
  const refusal = await reader.end();
  return refusal === null ? { refusal, form: reader } : { refusal };
}

class FormReader implements Form {
  readonly texts = new Map<string, string[]>();
  readonly files = new Map<string, StoredFile[]>();
  readonly #limits: FormLimits;
  readonly #store: UploadStore;
  readonly #admit: Admit;
  readonly #dicer: Dicer;
  readonly #padding: BoundaryPadding;
  #isSplit = false;
  /** Parts are put away one after another, in the order in which they came. */
  #putAway: Promise<void> = Promise.resolve();
  #part: Readable | null = null;
  #parts = 0;
  #headless = 0;
  #fileCount = 0;
  #received = 0;
  #textBytes = 0;
  #fileBytes = 0;
  /** The first fault decides. */
  #refusal: Refusal | null = null;
  #failure: { readonly thrown: unknown } | null = null;
  #wake: () => void = () => undefined;

  constructor(
    dicer: Dicer,
    padding: BoundaryPadding,
    limits: FormLimits,
    store: UploadStore,
    admit: Admit,
  ) {
    this.#padding = padding;
    this.#limits = limits;
    this.#store = store;
    this.#admit = admit;
    this.#dicer = dicer;
    // The parser forgets to say that it took the piece in which the last boundary came.
    dicer.on("finish", () => {
      this.#isSplit = true;
      this.#wake();
    });
    dicer.on("error", () => this.refuse(MALFORMED));
    dicer.on("part", (part) => this.#begin(part));
  }

  /** Resolves when the piece was dealt with; false when no more is wanted. */
  async write(piece: Uint8Array): Promise<boolean> {
    const { textBytes, maxTotalBytes } = this.#limits;
    this.#received += piece.length;
    if (this.#received > textBytes + maxTotalBytes) {
      this.refuse(payloadTooLarge(textBytes + maxTotalBytes));
    }
    if (this.#isOver) return false;
    // What follows the last boundary is nobody's.
    if (this.#isSplit) return true;
    const ready = this.#padding.take(piece);
    if (ready.length === 0) return true;
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      this.#dicer.write(ready, () => resolve());
    });
    return !this.#isOver;
  }

  /** Null when the form is whole. Throws what the store threw. */
  async end(): Promise<Refusal | null> {
    if (this.#received === 0) this.refuse(badRequest("Request body required"));
    if (!this.#isOver && !this.#isSplit) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        this.#dicer.end(this.#padding.end());
      });
    }
    await this.#putAway;
    if (this.#headless > 0) this.refuse(MALFORMED);
    if (this.#failure !== null) throw this.#failure.thrown;
    return this.#refusal;
  }

  refuse(refusal: Refusal): void {
    this.#refusal ??= refusal;
    // Whoever waits for more of the body would wait for ever.
    this.#part?.destroy();
    this.#wake();
  }

  get #isOver(): boolean {
    return this.#refusal !== null || this.#failure !== null;
  }

  #begin(part: Readable): void {
    this.#headless += 1;
    // The parser reports the same fault for the whole.
    part.on("error", () => undefined);
    part.once("header", (given: object) => {
      this.#headless -= 1;
      this.#putAway = this.#putAway
        .then(() => this.#take(part, toRawHeaders(given)))
        .catch((thrown: unknown) => {
          // A part that was broken off after a refusal throws, too.
          if (!this.#isOver) this.#failure = { thrown };
          this.#wake();
        });
    });
  }

  async #take(part: Readable, headers: RawHeaders): Promise<void> {
    if (this.#isOver) return;
    this.#part = part;
    const refusal = this.#checkHead(headers) ?? (await this.#takeBody(part, headers));
    this.#part = null;
    if (refusal !== null) this.refuse(refusal);
  }

  #checkHead(headers: RawHeaders): Refusal | null {
    let size = 0;
    for (const [name, texts] of headers) {
      for (const text of texts) size += name.length + text.length;
    }
    this.#parts += 1;
    this.#textBytes += size;
    if (this.#parts > MOST_PARTS) return tooLarge(`A form may have at most ${MOST_PARTS} parts`);
    if (headers.size > MOST_HEADERS || size > HEADER_BYTES) {
      return tooLarge("The headers of a part are too large");
    }
    return this.#checkTexts();
  }

  #checkTexts(): Refusal | null {
    const { textBytes } = this.#limits;
    return this.#textBytes > textBytes
      ? tooLarge(`The fields of the form exceed ${textBytes} bytes`)
      : null;
  }

  async #takeBody(part: Readable, headers: RawHeaders): Promise<Refusal | null> {
    const head = parsePartHead(headers);
    if (head === null) return badRequest("A part of the form has no readable name");
    if (head.transferEncoding !== null && !/^(?:7bit|8bit|binary)$/.test(head.transferEncoding)) {
      return badRequest("Content-Transfer-Encoding of a part is not supported");
    }
    return head.filename === null
      ? this.#takeText(part, head)
      : this.#takeFile(part, head, head.filename);
  }

  async #takeText(part: Readable, { name, type, charset }: PartHead): Promise<Refusal | null> {
    if (type?.startsWith("multipart/") === true) return badRequest("A form may not be nested");
    if (charset !== null && !/^(?:utf-?8|us-ascii)$/.test(charset)) return NOT_UTF8;
    const pieces: Uint8Array[] = [];
    for await (const piece of piecesOf(part)) {
      this.#textBytes += piece.length;
      const refusal = this.#checkTexts();
      if (refusal !== null) return refusal;
      pieces.push(piece);
    }
    const bytes = Buffer.concat(pieces);
    if (!isUtf8(bytes)) return NOT_UTF8;
    push(this.texts, name, bytes.toString("utf8"));
    return null;
  }

  async #takeFile(
    part: Readable,
    { name, type }: PartHead,
    filename: string,
  ): Promise<Refusal | null> {
    const { maxFileBytes, maxFiles, maxTotalBytes } = this.#limits;
    const worth = await this.#admit(this.texts, name);
    const draft = this.#store.begin();
    let size = 0;
    try {
      for await (const piece of piecesOf(part)) {
        size += piece.length;
        this.#fileBytes += piece.length;
        if (size > maxFileBytes) return tooLarge(`A file exceeds ${maxFileBytes} bytes`);
        if (this.#fileBytes > maxTotalBytes) {
          return tooLarge(`The files exceed ${maxTotalBytes} bytes together`);
        }
        if (size <= worth) await draft.write(piece);
        else await draft.drop();
      }
      if (size === 0 && filename === "") return null;
      this.#fileCount += 1;
      if (this.#fileCount > maxFiles) return tooLarge(`A call may carry at most ${maxFiles} files`);
      const content = size <= worth ? draft.finish() : unkeptContent(size);
      const described = { name: filename, type: type ?? "application/octet-stream" };
      push(this.files, name, new StoredFile(content, described));
      return null;
    } finally {
      await draft.drop();
    }
  }
}

const MALFORMED = badRequest("Multipart body is malformed");
const NOT_UTF8 = badRequest("Request body is not UTF-8");

/** Pieces of a stream that is in no encoding. */
async function* piecesOf(part: Readable): AsyncGenerator<Uint8Array> {
  for await (const piece of part) if (piece instanceof Uint8Array) yield piece;
}

function toRawHeaders(given: object): RawHeaders {
  return new Map(
    Object.entries(given).map(([name, texts]: [string, unknown]) => [
      name,
      Array.isArray(texts) ? texts.map(String) : [],
    ]),
  );
}

function push<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  const known = lists.get(name);
  if (known) known.push(value);
  else lists.set(name, [value]);
}
