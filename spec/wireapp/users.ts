/** Who the header `X-Test-User` stands for: it takes the place of an application's session. */
import type { ServerOptions } from "@mizan/runtime/abi/v1/server";

type User = {
  id: string;
  isStaff?: boolean;
  isSuperuser?: boolean;
  permissions?: readonly string[];
};

const people = new Map<unknown, User>([
  ["ada", { id: "5" }],
  ["sam", { id: "6", isStaff: true }],
  ["root", { id: "7", isSuperuser: true }],
  ["zoe", { id: "8", permissions: ["auth.add_user", "auth.view_user"] }],
]);

export const authenticate: NonNullable<ServerOptions["authenticate"]> = (req) =>
  people.get(req.headers["x-test-user"]) ?? null;

/** The predicate of the contract: exactly one user may. */
export const mayOpen = ({ user }: { user: { id: string | number } | null }): boolean =>
  user?.id === "8";

type Who = { pk: string | null; authenticated: boolean; staff: boolean; superuser: boolean };

export const describeUser = (
  user: {
    id: string | number;
    isStaff?: boolean | undefined;
    isSuperuser?: boolean | undefined;
  } | null,
): Who => ({
  pk: user === null ? null : String(user.id),
  authenticated: user !== null,
  staff: user?.isStaff ?? false,
  superuser: user?.isSuperuser ?? false,
});
