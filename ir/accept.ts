/** What `accept=` of a file says: media types, their wildcards, and extensions, parted by commas. */

/** In lower case and written order, each once. */
export const acceptedTypes = (text: string): readonly string[] => [
  ...new Set(text.split(",").map((entry) => entry.trim().toLowerCase())),
];

const EXTENSION = /^\.[\w+-]+(?:\.[\w+-]+)*$/;
const MEDIA_TYPE = /^(?:\*|[a-z0-9][\w!#$&^.+-]*)\/(?:\*|[a-z0-9][\w!#$&^.+-]*)$/;

/** `image/png`, `image/*` or `.pdf`, in lower case. */
export const isAcceptable = (entry: string): boolean =>
  EXTENSION.test(entry) || (MEDIA_TYPE.test(entry) && !/^\*\/[^*]/.test(entry));
