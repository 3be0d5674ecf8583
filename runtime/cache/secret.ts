/** What every secret must be beside long, those of the server's options as well as a cache's. */
const FEWEST = 6;

/**
 * Says what is wrong with a text that was never drawn at random: spaces, or a few characters again and again.
 * Null where nothing is; 16 random digits have that many different ones, but for one time in hundreds.
 */
export const repetitive = (secret: string): string | null =>
  new Set(secret).size < FEWEST ? `must have at least ${FEWEST} different characters` : null;
