/** What the types of providers, hooks and mutations accept and refuse. Checked by `tsc`; nothing here runs. */
import { contextOf, type DeclaredError, type NoParams } from "@mizan/runtime/abi/v1/client";
import { providerOf, type Mutation } from "@mizan/runtime/abi/v1/react";
import type { Client } from "@mizan/runtime/client";
import {
  MizanContext,
  OddContext,
  UserContext,
  contract,
  useSuspenseUserContext,
  useSuspenseUserProfile,
  useUserContext,
} from "./harness.js";

const AddressBook = providerOf(contextOf(contract)<NoParams, { customers: string[] }>("a", {}));
const Filtered = providerOf(
  contextOf(contract)<
    { status?: "open" | null | undefined; fallback?: string | undefined },
    object
  >("f", {}),
);
declare const client: Client;

export const accepted = [
  () => <UserContext key="react" user_id={5} />,
  () => <UserContext user_id={5} limit={null} keepPrevious refetchOnFocus={false} />,
  () => <UserContext params={{ user_id: 5, limit: 3 }}>text</UserContext>,
  () => <OddContext params={{ key: "k" }} />,
  () => <AddressBook />,
  () => <AddressBook refetchOnReconnect>text</AddressBook>,
  () => <Filtered />,
  () => <Filtered status="open" />,
  () => <Filtered params={{ fallback: "f" }} />,
  () => <MizanContext baseUrl="/api/mizan" />,
  () => <MizanContext />,
  () => <MizanContext client={client} refetchOnFocus />,
];

export const refused = [
  // @ts-expect-error: a required param is a required prop
  () => <UserContext />,
  // @ts-expect-error: of its type
  () => <UserContext user_id="5" />,
  // @ts-expect-error: also in params
  () => <UserContext params={{ limit: 3 }} />,
  // @ts-expect-error: either as props or as params
  () => <UserContext user_id={5} params={{ user_id: 5 }} />,
  // @ts-expect-error: not declared
  () => <UserContext user_id={5} team_id={1} />,
  // @ts-expect-error: `key` is React's, so this context is given its params by `params` only
  () => <OddContext key="k" />,
  // @ts-expect-error: there are no params
  () => <AddressBook customer_id={1} />,
  // @ts-expect-error: `fallback` is kept for suspense
  () => <Filtered fallback="f" />,
  // @ts-expect-error: a client has its address already
  () => <MizanContext client={client} baseUrl="/api" />,
];

export function narrowing(
  rename: Mutation<{ user_id: number }, string, DeclaredError<"TAKEN", { by: string }>>,
  clear: Mutation<NoParams, null, never>,
) {
  const user = useUserContext();
  if (user.status === "success") user.data.user_profile.name.trim();
  // @ts-expect-error: an error may come before there are data
  if (user.status === "error") user.data.user_profile.name.trim();
  const suspended = useSuspenseUserContext();
  suspended.data.user_profile.name.trim();
  suspended.refetch();
  useSuspenseUserProfile().name.trim();
  // @ts-expect-error: it is never without data
  if (suspended.status === "loading") return;
  if (rename.error?.code === "TAKEN") rename.error.details.by.trim();
  rename.pending.map(({ user_id }) => user_id.toFixed());
  void rename.mutate(
    { user_id: 1 },
    {
      onSuccess: (answer) => answer.trim(),
      onError: (error) => error.code === "TAKEN" && error.details.by.trim(),
      onSettled: () => clear.reset(),
    },
  );
  // @ts-expect-error: it is called with what this function answers
  void rename.mutate({ user_id: 1 }, { onSuccess: (answer: number) => answer });
  void clear.mutate();
  // @ts-expect-error: there is something to give
  void rename.mutate();
  // @ts-expect-error: the client is the hook's
  void rename.mutate({ user_id: 1 }, { client });
}
