/** Arguments as a form (`multipart/form-data`), written out by hand: `FormData` changes the line ends of texts. */

import { isObject } from "./json.js";

export interface Form {
  readonly body: Blob;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Null where no argument is a file: such a call is better off as JSON. Lists by repetition, other objects as JSON
 * text, as in a query; `kinds` has `name:json` for an argument that is JSON text in any case, and `name:jsons` for
 * a list of such.
 */
export const toForm = (fn: string, args: unknown, kinds: readonly string[]): Form | null => {
  const boundary = `mizan-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  const parts: BlobPart[] = [];
  let hasFile = false;

  function add(name: string, value: string | Blob): void {
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escape(name)}"`);
    if (typeof value !== "string") {
      hasFile = true;
      const type = value.type || "application/octet-stream";
      parts.push(`; filename="${escape(nameOf(value))}"\r\nContent-Type: ${type}`);
    }
    parts.push("\r\n\r\n", value, "\r\n");
  }

  add("fn", fn);
  for (const [name, value] of Object.entries(isObject(args) ? args : {})) {
    const isJson = kinds.includes(`${name}:json`);
    const holdsJson = isJson || kinds.includes(`${name}:jsons`);
    for (const item of isJson ? [value] : [value].flat()) {
      if (item instanceof Blob || (typeof item === "string" && !holdsJson)) add(name, item);
      // Null is what is left out, but an element of a list cannot be.
      else if (item !== undefined && (value !== null || holdsJson)) add(name, JSON.stringify(item));
    }
  }
  if (!hasFile) return null;
  parts.push(`--${boundary}--\r\n`);
  return {
    body: new Blob(parts),
    headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` },
  };
};

const nameOf = (file: Blob): string => ("name" in file ? String(file.name) : "blob");

/** What would end the quoted text or the line, as browsers write it. */
const escape = (text: string): string => text.replace(/["\r\n]/g, encodeURIComponent);
