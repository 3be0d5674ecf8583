/**
 * The headers of one part of a form (RFC 7578): its name, and of a file what the sender says about it.
 *
 * Header text arrives with one character per byte. It is data throughout: no name that stands here is ever a
 * path or a header of ours.
 */
import { isUtf8 } from "node:buffer";

/** `filename` is null for a field of text. */
export type PartHead = {
  readonly name: string;
  readonly filename: string | null;
  /** The media type without parameters; null when none, or none that can be read, was declared. */
  readonly type: string | null;
  readonly charset: string | null;
  readonly transferEncoding: string | null;
};

/** Texts of each header by its name in lower case. */
export type RawHeaders = ReadonlyMap<string, readonly string[]>;

/** Null when the headers are no form part's: no name, two of them, quotes that do not end, no UTF-8. */
export function parsePartHead(headers: RawHeaders): PartHead | null {
  const dispositions = headers.get("content-disposition") ?? [];
  const [text] = dispositions;
  if (text === undefined || dispositions.length > 1) return null;
  const disposition = parseParameters(text);
  if (disposition === null || disposition.value.toLowerCase() !== "form-data") return null;
  const { params } = disposition;
  const name = utf8(params.get("name"));
  const filename = params.has("filename*") || params.has("filename") ? filenameOf(params) : null;
  if (name === null || name === "" || filename === undefined) return null;

  const type = parseParameters(headers.get("content-type")?.[0] ?? "");
  return {
    name,
    filename,
    type: type !== null && MEDIA_TYPE.test(type.value) ? type.value.toLowerCase() : null,
    charset: type?.params.get("charset")?.toLowerCase() ?? null,
    transferEncoding: headers.get("content-transfer-encoding")?.[0]?.trim().toLowerCase() ?? null,
  };
}

/** A media type without parameters (RFC 6838, 4.2). */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}$/i;

type Parameters = { readonly value: string; readonly params: ReadonlyMap<string, string> };

const PARAMETER =
  /[ \t]*;[ \t]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(?:"((?:[^"\\]|\\[^])*)"|([^\s";,]*))[ \t]*/y;

/** `form-data; name="a"`. Null for anything that does not follow the grammar to its end. */
export function parseParameters(text: string): Parameters | null {
  const semicolon = text.indexOf(";");
  const value = (semicolon < 0 ? text : text.slice(0, semicolon)).trim();
  const params = new Map<string, string>();
  for (let at = semicolon < 0 ? text.length : semicolon; at < text.length;) {
    PARAMETER.lastIndex = at;
    const match = PARAMETER.exec(text);
    // Some senders end with a semicolon.
    if (match === null) return /^[ \t;]*$/.test(text.slice(at)) ? { value, params } : null;
    const [whole, key = "", quoted, plain = ""] = match;
    if (params.has(key.toLowerCase())) return null;
    // Only what needs a backslash is freed of it: old browsers send whole paths of Windows.
    params.set(key.toLowerCase(), quoted?.replace(/\\(["\\])/g, "$1") ?? plain);
    at += whole.length;
  }
  return { value, params };
}

/** Undefined when the name cannot be read. The extended form counts where it is sound. */
function filenameOf(params: Parameters["params"]): string | undefined {
  const extended = /^utf-8'[^']*'(.*)$/is.exec(params.get("filename*") ?? "")?.[1];
  const decoded = extended === undefined ? null : percentDecoded(extended);
  if (decoded !== null) return toSafeName(decoded);
  const plain = params.get("filename");
  // An extended name alone that nobody can read still says that this is a file.
  if (plain === undefined) return "";
  const text = utf8(plain);
  return text === null ? undefined : toSafeName(text);
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function utf8(binary: string | undefined): string | null {
  if (binary === undefined) return null;
  const bytes = Buffer.from(binary, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : null;
}

const LONGEST_NAME = 255;

/** What may be shown: the last step of a path, without control characters and marks that turn text around. */
function toSafeName(given: string): string {
  const last = given.slice(Math.max(given.lastIndexOf("/"), given.lastIndexOf("\\")) + 1);
  const shown = last.replace(/[\p{Cc}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/gu, "").trim();
  if (shown === "." || shown === "..") return "";
  // No half of a character may be left at the cut.
  return shown.slice(0, LONGEST_NAME).replace(/[\uD800-\uDBFF]$/, "");
}
