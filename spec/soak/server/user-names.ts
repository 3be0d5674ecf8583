/** How visitors say who they are. */

export const USER_HEADER = "x-soak-user";

/** The user whose vault has this number. */
export const userOf = (vaultId: number): string => `user-${vaultId}`;
