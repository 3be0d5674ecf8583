/** The names of groups of rows, in the record. */
export const groups = {
  heads: "head",
  items: (shelfId: number): string => `shelf/${shelfId}`,
  notes: (owner: string, drawerId: number): string => `drawer/${owner}/${drawerId}`,
  secrets: "vault",
  beats: "beat",
} as const;
