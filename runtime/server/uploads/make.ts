/** Files that did not come with the call at hand. */
import { memoryContent } from "./content.js";
import { StoredFile, type UploadedFile } from "./uploaded-file.js";

/**
 * A file for `ctx.call` of a function that takes one, or for the test of a handler. The bytes are not copied;
 * it never goes away by itself.
 */
export const uploadedFile = (
  bytes: Uint8Array,
  { name = "", type = "application/octet-stream" }: { name?: string; type?: string } = {},
): UploadedFile =>
  new StoredFile(
    memoryContent([bytes], () => undefined),
    { name, type },
  );
