/** What a contract may ask of a file. Client and server ask here, so that they cannot disagree. */

export interface FileLimits {
  readonly maxBytes?: number;
  /** Media types (`image/png`, `image/*`) and extensions (`.pdf`), in lower case; one of them must fit. */
  readonly accept?: readonly string[];
}

/** A file as both sides know it. The type may have parameters. */
export interface FileFacts {
  readonly name?: string;
  readonly type: string;
  readonly size: number;
}

/** In words; none for a file that fits. Type and name are what its sender says: nobody looks inside. */
export function fileFaults(file: FileFacts, { maxBytes, accept }: FileLimits): readonly string[] {
  const faults: string[] = [];
  if (maxBytes !== undefined && file.size > maxBytes) {
    faults.push(`Must have at most ${maxBytes} byte${maxBytes === 1 ? "" : "s"}`);
  }
  if (accept !== undefined && !accept.some((wanted) => fits(file, wanted))) {
    faults.push(`Must be of type ${accept.join(", ")}`);
  }
  return faults;
}

function fits({ name = "", type }: FileFacts, wanted: string): boolean {
  if (wanted.startsWith(".")) return name.toLowerCase().endsWith(wanted);
  const bare = (type.split(";")[0] ?? "").trim().toLowerCase();
  if (wanted === "*/*") return true;
  return wanted.endsWith("/*") ? bare.startsWith(wanted.slice(0, -1)) : bare === wanted;
}
