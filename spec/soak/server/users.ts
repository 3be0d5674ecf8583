/** Who the header `X-Soak-User` stands for: it takes the place of an application's session. */
import type { ServerOptions } from "@mizan/runtime/abi/v1/server";
import { USER_HEADER, userOf } from "./user-names.js";

export const authenticate: NonNullable<ServerOptions["authenticate"]> = ({ headers }) => {
  const id = headers[USER_HEADER];
  return typeof id === "string" ? { id } : null;
};

type Asked = {
  readonly user: { readonly id: string | number } | null;
  readonly input: { readonly vault_id: number };
};

export const ownsVault = ({ user, input }: Asked): boolean => user?.id === userOf(input.vault_id);
