import type { RefetchTriggers } from "./types.js";
import type { View } from "./view.js";

/**
 * Asks again at the two moments at which a mounted instance may do so without being told that it is stale.
 * Ends with the signal.
 */
export function refetchOnReturn(
  view: View,
  { refetchOnFocus, refetchOnReconnect }: RefetchTriggers,
  signal: AbortSignal,
): void {
  const listen = (event: string): void =>
    addEventListener(
      event,
      () => {
        // A window that returns reports itself focused and visible: two events, one read.
        const isBack = event === "online" || !document.hidden;
        if (isBack && !view.getState().isFetching) view.refetch();
      },
      { signal },
    );
  if (refetchOnFocus) ["focus", "visibilitychange"].forEach(listen);
  if (refetchOnReconnect) listen("online");
}
