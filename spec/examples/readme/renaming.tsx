/** The component that the README's test is about. */
import {
  useRenameUser,
  useUserOrders,
  useUserProfile,
} from "../../../generated/readme/client/index.js";

export function Renaming({ userId }: { readonly userId: number }) {
  const profile = useUserProfile();
  const orders = useUserOrders();
  const rename = useRenameUser();
  if (profile === null) return <p>Loading</p>;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get("name"));
        void rename.mutate({ user_id: userId, name });
      }}
    >
      <h1>{profile.name}</h1>
      <p>{orders?.length} orders</p>
      <input name="name" aria-label="Name" defaultValue={profile.name} />
      <button disabled={rename.isPending}>Rename</button>
      {rename.error !== null && <p role="alert">{rename.error.message}</p>}
    </form>
  );
}
