import type { VaultSecretHandler } from "../mizan/server/handlers.js";
import { groups, seeded, store, toSecret } from "../server/store.js";

export const vaultSecret: VaultSecretHandler = async ({ vault_id }, { user }) =>
  toSecret(seeded(await store.find(groups.secrets, vault_id)), String(user?.id));
