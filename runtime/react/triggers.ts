/** The two moments at which a mounted instance may ask again without being told that it is stale. */
import type { View } from "./view.js";

/** Answers what ends the listening. For effects, so there is a browser. */
export function listenForReturns(view: View, focus: boolean, reconnect: boolean): () => void {
  // A returning window reports itself visible and focused: two events, one read.
  const refetch = () => {
    if (document.visibilityState === "visible" && !view.getState().isFetching) view.refetch();
  };
  if (focus) {
    addEventListener("focus", refetch);
    document.addEventListener("visibilitychange", refetch);
  }
  const reconnected = () => view.refetch();
  if (reconnect) addEventListener("online", reconnected);
  return () => {
    removeEventListener("focus", refetch);
    document.removeEventListener("visibilitychange", refetch);
    removeEventListener("online", reconnected);
  };
}
