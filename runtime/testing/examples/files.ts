/** Files within limits, for inputs that hold one. */
import type { FileLimits } from "../../wire/file.js";

/** Of the first type that is accepted, with as little in it as is allowed and says which one it is. */
export function fileFor({ accept, maxBytes }: FileLimits, ordinal: number, label: string): File {
  const [wanted = "text/plain"] = accept ?? [];
  const name = `${label} ${ordinal}`;
  const [type, ending] = wanted.startsWith(".")
    ? ["application/octet-stream", wanted]
    : [wanted.replace("*/*", "text/plain").replace("/*", "/example"), ""];
  return new File([name.slice(0, maxBytes)], name + ending, { type });
}
