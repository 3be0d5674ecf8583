import type { ChangeSecretHandler } from "../mizan/server/handlers.js";
import { groups, seeded, store, toSecret } from "../server/store.js";

export const changeSecret: ChangeSecretHandler = async ({ vault_id, text }, { user }) =>
  toSecret(seeded(await store.write(groups.secrets, vault_id, text)), String(user?.id));
