/**
 * What a request for a view brings besides its path: the query, or, of a request that has a body, that body as
 * JSON, as a form or as a form with files. On the way its sender is checked, as for a call.
 *
 * A form cannot set headers, so its CSRF token may stand in the field `csrfToken`, which no input can be called;
 * in a form with files before the first of them, as nothing of a stranger's form is put away anywhere.
 */
import { badRequest, unsupportedMediaType, type Refusal } from "../answer/refusal.js";
import type { CompiledView } from "../compiled.js";
import { checkGuard } from "../identity/guards.js";
import { identify } from "../identity/identify.js";
import { headerText } from "../identity/origins.js";
import { checkCsrf, checkOrigin } from "../identity/sender.js";
import { authenticateToken } from "../identity/tokens/authenticate-token.js";
import { checkRead, parseBody } from "../request/body.js";
import { checkEncoding, checkLength, isJson, mediaType } from "../request/media.js";
import { boundaryOf, readForm, type Form } from "../request/multipart.js";
import { parseQuery } from "../request/query.js";
import type { Exchange } from "../running/exchange.js";
import { fileShapeOf } from "../uploads/limits.js";
import { openStore } from "../uploads/open-store.js";
import { isRecord, type Plain } from "../values/own.js";
import type { Texts } from "../values/struct.js";
import type { WireRequest } from "../wire.js";

export type ViewBody =
  | { readonly refusal: Refusal }
  | { readonly refusal: null; readonly json: Plain }
  | { readonly refusal: null; readonly form: Form };

const TOKEN_FIELD = "csrfToken";

/** Methods that change nothing: whoever follows a link sends one. */
export const isSafe = (method: string): boolean => method === "GET" || method === "HEAD";

export async function readViewBody(exchange: Exchange, view: CompiledView): Promise<ViewBody> {
  const { request } = exchange;
  if (isSafe(request.method)) {
    return refusedOr(await authenticateToken(exchange), () => queryForm(request));
  }
  if (!hasBody(request)) {
    return refusedOr(await senderOf(exchange), () => queryForm(request));
  }
  const type = mediaType(request);
  const encoding = checkEncoding(request);
  if (encoding !== null) return { refusal: encoding };
  if (isJson(type)) return readJson(exchange);
  if (URLENCODED.test(type)) return readTexts(exchange);
  if (MULTIPART.test(type)) return readParts(exchange, view, type);
  return {
    refusal: unsupportedMediaType(
      "Content-Type must be application/json, application/x-www-form-urlencoded or multipart/form-data",
    ),
  };
}

const URLENCODED = /^application\/x-www-form-urlencoded\s*(?:;|$)/i;
const MULTIPART = /^multipart\/form-data\s*(?:;|$)/i;

const hasBody = ({ headers }: WireRequest): boolean =>
  headers["transfer-encoding"] !== undefined ||
  Number(headerText(headers["content-length"]) ?? "0") > 0;

const refusedOr = (refusal: Refusal | null, body: () => ViewBody): ViewBody =>
  refusal === null ? body() : { refusal };

/** A sender that proves itself by headers alone. */
const senderOf = async (exchange: Exchange): Promise<Refusal | null> =>
  (await knownOf(exchange)) ?? checkCsrf(exchange);

/** All but the CSRF token. */
const knownOf = async (exchange: Exchange): Promise<Refusal | null> =>
  (await authenticateToken(exchange)) ?? checkOrigin(exchange);

function queryForm({ query }: WireRequest): ViewBody {
  const texts = parseQuery(query);
  return texts === null
    ? { refusal: badRequest("Query is not UTF-8") }
    : { refusal: null, form: { texts, files: new Map() } };
}

async function readJson(exchange: Exchange): Promise<ViewBody> {
  const { core, request } = exchange;
  const tooLong = checkLength(request, core.bodyLimit);
  if (tooLong !== null) return { refusal: tooLong };
  const read = await request.readBody(core.bodyLimit);
  const refusal = checkRead(read, core.bodyLimit) ?? (await senderOf(exchange));
  if (refusal !== null) return { refusal };
  const body = parseBody(read);
  return body.refusal === null ? { refusal: null, json: body.value } : body;
}

async function readTexts(exchange: Exchange): Promise<ViewBody> {
  const { core, request } = exchange;
  const tooLong = checkLength(request, core.bodyLimit);
  if (tooLong !== null) return { refusal: tooLong };
  const read = await request.readBody(core.bodyLimit);
  const unproven = checkRead(read, core.bodyLimit) ?? (await knownOf(exchange));
  if (unproven !== null) return { refusal: unproven };
  if (typeof read === "string") return { refusal: badRequest("Request body incomplete") };
  if ("refusal" in read) return { refusal: read.refusal };
  const texts = "parsed" in read ? textsOf(read.parsed) : parseForm(read);
  const forged = checkCsrf(exchange, texts?.get(TOKEN_FIELD)?.at(-1));
  if (forged !== null) return { refusal: forged };
  return texts === null
    ? { refusal: badRequest("Request body is not UTF-8") }
    : { refusal: null, form: { texts, files: new Map() } };
}

/** Form bodies are written like queries; a byte outside ASCII stands for itself in both. */
const parseForm = (bytes: Uint8Array): Texts | null =>
  parseQuery(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1"));

/** What `express.urlencoded()` made of a form. Objects come from names with brackets, which no input has. */
function textsOf(parsed: unknown): Texts {
  const texts = new Map<string, readonly string[]>();
  for (const [name, value] of isRecord(parsed) ? Object.entries(parsed) : []) {
    const values = [value].flat().filter((each) => typeof each === "string");
    if (values.length > 0) texts.set(name, values);
  }
  return texts;
}

async function readParts(exchange: Exchange, view: CompiledView, type: string): Promise<ViewBody> {
  const { core, request } = exchange;
  const boundary = boundaryOf(type);
  if (boundary === null) return { refusal: badRequest("Multipart boundary missing") };
  const tooLong = checkLength(request, core.bodyLimit + core.uploads.maxTotalBytes);
  const unproven = tooLong ?? (await knownOf(exchange));
  if (unproven !== null) return { refusal: unproven };
  const store = openStore(exchange);
  const limits = { ...core.uploads, textBytes: core.bodyLimit };
  /** What the token was when the first file came: what stands behind a file proves nothing. */
  let token: string | null | undefined = null;
  const read = await readForm(request, boundary, limits, store, async (texts, field) => {
    if (token === null) token = texts.get(TOKEN_FIELD)?.at(-1);
    return checkCsrf(exchange, token) === null ? bytesWorthKeeping(exchange, view, field) : 0;
  });
  if (read.refusal !== null) return read;
  const proof = token === null ? read.form.texts.get(TOKEN_FIELD)?.at(-1) : token;
  const forged = checkCsrf(exchange, proof);
  return forged === null ? read : { refusal: forged };
}

/** Files that the view does not take, or not from this sender, are read to their end and forgotten. */
async function bytesWorthKeeping(
  exchange: Exchange,
  { definition, fn }: CompiledView,
  name: string,
): Promise<number> {
  const field = definition.input.find((declared) => declared.name === name);
  const shape = field === undefined ? null : fileShapeOf(field.shape);
  if (shape === null) return 0;
  if (definition.guard !== undefined) {
    await identify(exchange);
    // The time that a handler has does not run while its input is on the way.
    exchange.startedAt = null;
    if (checkGuard(fn, exchange.user) !== null) return 0;
  }
  return shape.maxBytes ?? Infinity;
}
