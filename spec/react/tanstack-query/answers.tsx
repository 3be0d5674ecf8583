/** The code of `spec/coming-from-tanstack-query.md`, about the contract that the README shows. */
import { useMemo, useSyncExternalStore, type ReactElement } from "react";
import {
  dehydrate,
  hydrate,
  instances,
  listen,
  prefetch,
  receive,
  type Client,
} from "@mizan/runtime/client";
import { MizanErrorBoundary, useMizan } from "@mizan/runtime/react";
import {
  UserContext,
  useRenameUser,
  useSuspenseUserProfile,
  useUserContext,
  useUserOrders,
  useUserProfile,
  userContext,
  type Profile,
} from "../../../generated/readme/client/index.js";

export function Chosen({ userId }: { readonly userId: number | null }): ReactElement {
  if (userId === null) return <p>Choose somebody</p>;
  return (
    <UserContext user_id={userId} keepPrevious>
      <Name />
    </UserContext>
  );
}

export function Name(): ReactElement {
  const { data, error, refetch } = useUserContext();
  if (data !== null) return <h2>{data.user_profile.name}</h2>;
  return error === null ? <p>…</p> : <button onClick={refetch}>{error.message}: try again</button>;
}

export function Everybody({ userIds }: { readonly userIds: readonly number[] }): ReactElement[] {
  return userIds.map((userId) => (
    <UserContext key={userId} user_id={userId}>
      <Name />
    </UserContext>
  ));
}

export function Heading({ known }: { readonly known: Profile }): ReactElement {
  const { name } = useUserProfile() ?? known;
  const orders = useUserOrders();
  const skus = useMemo(() => orders?.map(({ sku }) => sku).toSorted(), [orders]);
  return <h2 title={skus?.join(", ")}>{name}</h2>;
}

export function Details({ userId }: { readonly userId: number }): ReactElement {
  return (
    <MizanErrorBoundary
      key={userId}
      fallback={({ retry }) => <button onClick={retry}>Try again</button>}
    >
      <UserContext user_id={userId}>
        <Profiled />
      </UserContext>
    </MizanErrorBoundary>
  );
}

function Profiled(): ReactElement {
  return <p>{useSuspenseUserProfile().name}</p>;
}

export const userRoute = (client: Client) => ({
  path: "/users/:id",
  loader: async ({ params }: { params: { id?: string } }) => {
    await prefetch(client, userContext, { user_id: Number(params.id) }); // or `void`, not to wait
    return null;
  },
});

export function useIsReading(): boolean {
  const { client } = useMizan();
  const [subscribe, isReading] = useMemo(
    () => [
      // The change is being made: it is there when the tick is over.
      (tell: () => void) => listen(client, () => queueMicrotask(tell)),
      () => instances(client).some(({ getState }) => getState().isFetching),
    ],
    [client],
  );
  return useSyncExternalStore(subscribe, isReading, () => false);
}

export function RenameButton({ name }: { readonly name: string }): ReactElement {
  const rename = useRenameUser();
  return (
    <button
      disabled={rename.isPending}
      onClick={() =>
        rename.mutate(
          { user_id: 5, name },
          {
            optimistic: (draft) =>
              draft.user({ user_id: 5 }, (user) => void (user.user_profile.name = name)),
            onError: ({ message }) => alert(message),
          },
        )
      }
    >
      Rename
    </button>
  );
}

/** When the page goes: `addEventListener("pagehide", () => keep(client, key))`. */
export function keep(client: Client, key: string): void {
  localStorage.setItem(key, JSON.stringify(dehydrate(client)));
}

/** Before anything is mounted. The key names the user: what another one saw is not for this one. */
export function restore(client: Client, key: string): void {
  hydrate(client, JSON.parse(localStorage.getItem(key) ?? "[]"));
  receive(client, { invalidate: ["user"] }); // shown at once, and read again
}
