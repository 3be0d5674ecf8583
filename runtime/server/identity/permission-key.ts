import { createHash } from "node:crypto";
import { compareCodePoints } from "../../wire/words.js";

/** A fingerprint of what a user may do, as tokens carry it: 64 hex digits. Order and repetition do not count. */
export function permissionKey(user: {
  readonly permissions: readonly string[];
  readonly staff: boolean;
  readonly superuser: boolean;
}): string {
  const sorted = [...new Set(user.permissions)].sort(compareCodePoints).join(",");
  const text = `${Number(user.staff)}:${Number(user.superuser)}:${sorted}`;
  return createHash("sha256").update(text).digest("hex");
}
