/** What the album's handlers share: the pictures that were added, and what a file says about itself. */
import { createHash } from "node:crypto";
import type { UploadedFile } from "@mizan/runtime/server";
import type { Photo } from "./mizan/server/types.js";

const albums = new Map<number, Photo[]>();
let nextId = 1;

export const photosOf = (album: number): readonly Photo[] => albums.get(album) ?? [];

/** Reads the file as a stream, as one that is on disk should be. */
export async function addTo(album: number, file: UploadedFile): Promise<Photo> {
  const hash = createHash("sha256");
  for await (const piece of file.stream()) hash.update(piece);
  const { name, type, size } = file;
  const photo = { id: nextId++, name, type, size, sha256: hash.digest("hex") };
  albums.set(album, [...photosOf(album), photo]);
  return photo;
}

/** Files that handlers were given, for tests to look at after the answer. */
export const seen: UploadedFile[] = [];
/** Inputs without their files. */
export const inputs: unknown[] = [];

export function reset(): void {
  albums.clear();
  nextId = 1;
  seen.length = 0;
  inputs.length = 0;
}
